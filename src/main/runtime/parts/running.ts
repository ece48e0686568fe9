import { OmegaError } from '#shared/error.ts';

/** What a part of the runtime holds between its start and its stop. */
export class Running<T> {
  readonly #name: string;
  #held: T | null = null;

  /** `name` is the part's, for messages. */
  constructor(name: string) {
    this.#name = name;
  }

  /** What is held; throws a retryable `NOT_RUNNING` where nothing is. */
  get current(): T {
    if (this.#held !== null) return this.#held;
    const message = `The ${this.#name} of the runtime is not running, or is being started again.`;
    throw new OmegaError('NOT_RUNNING', message, { retryable: true });
  }

  /** What is held, or null. */
  get held(): T | null {
    return this.#held;
  }

  set(held: T): void {
    this.#held = held;
  }

  /** Lets go of what is held, and hands it over; null where nothing is. */
  take(): T | null {
    const held = this.#held;
    this.#held = null;
    return held;
  }
}
