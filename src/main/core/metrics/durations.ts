import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

const nanosecondsPerMs = 1e6;
/** A day, in ns; what takes longer counts as a day. */
const longest = 86_400e9;

/** The largest relative error of {@link Durations.quantileMs}. */
export const quantileError = 0.01;

/**
 * Durations since the start, in some 40 KB however many they are: an HDR histogram of two
 * significant figures (Gil Tene's, as it comes with Node), from a nanosecond to a day.
 */
export class Durations {
  readonly #histogram: RecordableHistogram = createHistogram({
    lowest: 1,
    highest: longest,
    figures: 2,
  });
  #sumMs = 0;

  /** Adds one, in ms. */
  record(ms: number): void {
    this.#sumMs += ms;
    const nanoseconds = Math.round(ms * nanosecondsPerMs);
    this.#histogram.record(Math.min(longest, Math.max(1, nanoseconds)));
  }

  /** How many there are. */
  get count(): number {
    return this.#histogram.count;
  }

  /** Their exact average, in ms; null where there is none. */
  get averageMs(): number | null {
    return this.count === 0 ? null : this.#sumMs / this.count;
  }

  /** What that share of them (0 to 1) did not exceed, in ms, to within 1 %; null where there is none. */
  quantileMs(share: number): number | null {
    if (this.count === 0) return null;
    // The library rounds the rank, and so would call the second slowest of six their 90 %.
    const rank = Math.max(1, Math.ceil(share * this.count - 1e-9));
    return this.#histogram.percentile((rank / this.count) * 100) / nanosecondsPerMs;
  }
}
