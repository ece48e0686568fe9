/** When a process that keeps dying may be started again. Times in ms. */
export type BreakerPolicy = {
  /** Deaths within `windowMs` that open the breaker. */
  readonly limit: number;
  readonly windowMs: number;
  /** How long an open breaker refuses, counted from the last death. */
  readonly restMs: number;
  /** Wait before the first restart; doubles with each death in the window. */
  readonly backoffMs: number;
};

/** Three deaths within a minute rest the process for half a minute; restarts wait 100 ms, 200 ms … */
export const defaultBreakerPolicy: BreakerPolicy = {
  limit: 3,
  windowMs: 60_000,
  restMs: 30_000,
  backoffMs: 100,
};

/** Counts the deaths of a process and says how long to leave it alone. */
export class DeathBreaker {
  readonly #policy: BreakerPolicy;
  readonly #now: () => number;
  #deaths: number[] = [];

  constructor(policy: BreakerPolicy, now: () => number) {
    this.#policy = policy;
    this.#now = now;
  }

  /** Notes a death that happened now. */
  died(): void {
    this.#deaths = [...this.#recent(), this.#now()];
  }

  /**
   * Milliseconds for which requests are refused; 0 when they are not. After the rest one start is
   * tried: its death, still within the window of the others, opens the breaker again at once.
   */
  refusesForMs(): number {
    const recent = this.#recent();
    const last = recent.at(-1);
    if (last === undefined || recent.length < this.#policy.limit) return 0;
    return Math.max(0, last + this.#policy.restMs - this.#now());
  }

  /** Milliseconds to wait before the next start; 0 when nothing died lately. */
  backoffMs(): number {
    const recent = this.#recent();
    const last = recent.at(-1);
    if (last === undefined) return 0;
    const wait = this.#policy.backoffMs * 2 ** (recent.length - 1);
    return Math.max(0, last + Math.min(wait, this.#policy.restMs) - this.#now());
  }

  #recent(): number[] {
    const since = this.#now() - this.#policy.windowMs;
    return this.#deaths.filter((at) => at > since);
  }
}
