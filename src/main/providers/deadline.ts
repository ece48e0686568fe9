import { cancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';

/**
 * The signal of one request: aborts with its caller, after `timeoutMs`, or by {@link close}. Lighter
 * than `AbortSignal.any` with `AbortSignal.timeout`, of which each call would leave some behind.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #timeoutMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#controller.abort();
  #isOver = false;

  constructor(caller: AbortSignal, timeoutMs: number) {
    this.#caller = caller;
    this.#timeoutMs = timeoutMs;
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      this.#controller.abort();
    }, timeoutMs);
    if (caller.aborted) this.#controller.abort();
    else caller.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the request of `name` was ended from here: `CANCELLED` or `TIMEOUT`; null where it was not. */
  reason(name: string): OmegaError | null {
    if (this.#caller.aborted) return cancelled(this.#caller);
    if (!this.#isOver) return null;
    const seconds = Math.round(this.#timeoutMs / 100) / 10;
    return new OmegaError(
      'TIMEOUT',
      `${name} did not answer in full within ${seconds} s; try again, or raise async.timeoutSecs.`,
      { retryable: true },
    );
  }

  /** Lets go of timer and caller; what is still open of the request is closed. */
  close(): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }
}
