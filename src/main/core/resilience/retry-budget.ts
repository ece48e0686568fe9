/** Unspent retries that may be saved up, so that a quiet hour does not pay for a storm. */
const most = 10;

/**
 * Keeps retries to a share of the calls, so that they cannot multiply the load on something that
 * is failing (the token bucket of Finagle's RetryBudget and gRPC's retry throttling).
 */
export class RetryBudget {
  readonly #ratio: number;
  #tokens = most;

  constructor(ratio: number) {
    this.#ratio = ratio;
  }

  /** Notes a call. */
  deposit(): void {
    this.#tokens = Math.min(most, this.#tokens + this.#ratio);
  }

  /** Takes one retry; false when none is left. */
  withdraw(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Puts a retry back that was taken and not made. */
  restore(): void {
    this.#tokens = Math.min(most, this.#tokens + 1);
  }
}
