import { Ring } from '#main/core/events/ring.ts';
import type { CallSecond } from '#shared/calls.ts';

/** Seconds that are kept. */
const kept = 600;

/** What a second ends with. */
export type SecondState = Pick<CallSecond, 'inFlight' | 'allowed'>;

/**
 * The last ten minutes, a second each. Nothing ticks: a second is closed when the next one is first
 * heard of, with what was in flight last, and seconds in which nothing happened are made then.
 */
export class CallSeconds {
  readonly #ring = new Ring<CallSecond>(kept);
  #second: number | null = null;
  #latencies: number[] = [];
  #state: SecondState = { inFlight: 0, allowed: 0 };

  /** Notes how things stand from now on; `now` in ms since 1970. */
  note(now: number, state: SecondState): void {
    this.#pass(now);
    this.#state = state;
  }

  /** Counts an answer and its time in ms. */
  answered(now: number, ms: number): void {
    this.#pass(now);
    this.#latencies.push(ms);
  }

  /** The last so many whole seconds, oldest first; those before the first call are not made up. */
  last(now: number, count: number): readonly CallSecond[] {
    this.#pass(now);
    return [...this.#ring].slice(-count);
  }

  #pass(now: number): void {
    const second = Math.floor(now / 1000);
    this.#second ??= second;
    // After a sleep, or a clock that was set: what is older than the ring would only push itself out.
    this.#second = Math.max(this.#second, second - kept - 1);
    for (; this.#second < second; this.#second += 1) this.#close(this.#second);
  }

  #close(second: number): void {
    const sorted = this.#latencies.sort((a, b) => a - b);
    this.#ring.push({
      at: (second + 1) * 1000,
      answered: sorted.length,
      ...this.#state,
      p50Ms: quantile(sorted, 0.5),
      p95Ms: quantile(sorted, 0.95),
    });
    this.#latencies = [];
  }
}

/** The value that this share of them does not exceed, of an ascending list; null of an empty one. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
