import type { AppApi } from '#main/api/create-api.ts';
import { withTrace } from '#main/core/trace.ts';
import { OmegaError, type Result } from '#shared/error.ts';
import { maxCallsInFlight } from '#shared/wire.ts';

const failed = (error: OmegaError): Result<never> => ({ ok: false, error: error.toData() });

/** The calls that one client has in flight: answers each once, cancels one or all, and is bounded. */
export class CallTable {
  readonly #api: Pick<AppApi, 'call'>;
  readonly #limit: number;
  readonly #inFlight = new Map<number, { abort: AbortController; done: Promise<unknown> }>();

  constructor(api: Pick<AppApi, 'call'>, limit = maxCallsInFlight) {
    this.#api = api;
    this.#limit = limit;
  }

  /**
   * Runs a call as part of `trace`, a new one where it is absent; never rejects. An id in use, or one
   * call too many, is refused without running it.
   */
  async run(id: number, route: string, input: unknown, trace?: string): Promise<Result<unknown>> {
    if (this.#inFlight.has(id)) {
      return failed(
        new OmegaError('CONFLICT', `Call ${id} is still in flight; use another id for a new call.`),
      );
    }
    if (this.#inFlight.size >= this.#limit) {
      return failed(
        new OmegaError(
          'REFUSED',
          `${this.#limit} calls are in flight; wait for answers before you send more.`,
          { retryable: true },
        ),
      );
    }
    const abort = new AbortController();
    const done = withTrace(trace ?? null, () => this.#settle(route, input, abort.signal));
    this.#inFlight.set(id, { abort, done });
    try {
      return await done;
    } finally {
      this.#inFlight.delete(id);
    }
  }

  /** Aborts one call, which still answers; an unknown id is ignored. */
  cancel(id: number): void {
    this.#inFlight.get(id)?.abort.abort();
  }

  /** Aborts every call. */
  cancelAll(): void {
    for (const { abort } of this.#inFlight.values()) abort.abort();
  }

  /** Resolves once every call that is in flight now has been answered. */
  async idle(): Promise<void> {
    await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
  }

  async #settle(route: string, input: unknown, signal: AbortSignal): Promise<Result<unknown>> {
    try {
      return await this.#api.call(route, input, signal);
    } catch (cause) {
      // The api promises not to throw; a bug there must not leave a caller waiting for ever.
      return failed(
        new OmegaError('INTERNAL', `${route} failed inside Omega; try it again.`, { cause }),
      );
    }
  }
}
