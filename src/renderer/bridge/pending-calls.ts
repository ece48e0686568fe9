import type { ErrorCode, Result } from '#shared/error.ts';

type Pending = {
  readonly settle: (result: Result<unknown>) => void;
  readonly timer: ReturnType<typeof setTimeout>;
};

/** A failed answer that the bridge gives itself, without the server. */
export function bridgeError(code: ErrorCode, message: string): Result<never> {
  return { ok: false, error: { code, message, retryable: true } };
}

/** The calls that wait for an answer; each is settled exactly once, by its answer or its deadline. */
export class PendingCalls {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /** Registers a call and gives its id and promise; `onDeadline` runs where time runs out, in ms. */
  add(
    deadlineMs: number,
    onDeadline: (id: number) => Result<never>,
  ): { readonly id: number; readonly answer: Promise<Result<unknown>> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
    const timer = setTimeout(() => this.settle(id, onDeadline(id)), deadlineMs);
    this.#pending.set(id, { settle: resolve, timer });
    return { id, answer: promise };
  }

  /** Settles a call; an id that is not pending (any more) is ignored. */
  settle(id: number, result: Result<unknown>): void {
    const call = this.#pending.get(id);
    if (!call) return;
    clearTimeout(call.timer);
    this.#pending.delete(id);
    call.settle(result);
  }

  /** Settles every call alike. */
  settleAll(result: Result<unknown>): void {
    for (const id of [...this.#pending.keys()]) this.settle(id, result);
  }
}
