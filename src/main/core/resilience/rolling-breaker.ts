import { CircuitState, type IBreaker } from 'cockatiel';
import type { GuardPolicy } from './guard-policy.ts';

/** Parts that the window is counted in: what is older than it goes a tenth at a time. */
const slices = 10;
/** The slice of a count that holds nothing. */
const never = Number.NEGATIVE_INFINITY;

/**
 * Opens where, of the calls of the last `windowMs`, at least `failureShare` failed, and there were
 * `minimumRps` at least. Cockatiel's own forgets one part of its window for each call that ends,
 * however long ago that part was, so that one failure an hour adds up to an open breaker.
 */
export class RollingBreaker implements IBreaker {
  /** Nothing is kept from one process to the next. */
  state: unknown = null;
  readonly #share: number;
  readonly #sliceMs: number;
  readonly #leastCalls: number;
  readonly #counts = Array.from({ length: slices }, () => ({
    slice: never,
    calls: 0,
    failures: 0,
  }));

  constructor({ failureShare, windowMs, minimumRps }: GuardPolicy['breaker']) {
    this.#share = failureShare;
    this.#sliceMs = windowMs / slices;
    this.#leastCalls = (windowMs / 1000) * minimumRps;
  }

  /** Counts a call that went well; one that closes the breaker begins anew. */
  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) for (const count of this.#counts) count.slice = never;
    this.#note(0);
  }

  /** Counts a call that failed; whether the breaker opens. */
  failure(state: CircuitState): boolean {
    const now = this.#note(1);
    if (state !== CircuitState.Closed) return true;
    const recent = this.#counts.filter(({ slice }) => slice > now - slices);
    const calls = recent.reduce((sum, one) => sum + one.calls, 0);
    const failures = recent.reduce((sum, one) => sum + one.failures, 0);
    return calls >= this.#leastCalls && failures >= this.#share * calls;
  }

  #note(failures: number): number {
    // Not the clock of the day, which may be set.
    const now = Math.floor(performance.now() / this.#sliceMs);
    const count = this.#counts[now % slices];
    if (!count) return now;
    if (count.slice !== now) Object.assign(count, { slice: now, calls: 0, failures: 0 });
    count.calls += 1;
    count.failures += failures;
    return now;
  }
}
