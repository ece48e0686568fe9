import type { Point } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';

/** What is expected of a point: its score between the worst (0) and the best (1) that were measured. */
export type Guess = {
  readonly mean: number /** 0 where it was measured, to 1 where nothing near was. */;
  readonly doubt: number;
};

/** How soon likeness fades with distance; at a third of it two points share about a half. */
const width = 0.12;
/** The weight of knowing nothing: what is far from all is expected to be as they are in the mean. */
const prior = 0.05;

/**
 * Guesses scores from those that were measured, weighed by nearness: E. A. Nadaraya, "On estimating
 * regression" (1964), with a prior. It makes thousands of trials free, so that what is measured for
 * real is what they came to.
 */
export class Surrogate {
  readonly #space: SearchSpace;
  readonly #rows: { readonly code: Float64Array; score: number }[] = [];
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #sum = 0;
  /** Guesses since the last score, by the point's key: a tree asks for the same ones again and again. */
  readonly #known = new Map<string, Guess>();

  constructor(space: SearchSpace) {
    this.#space = space;
  }

  /** Learns a score; one that could not be measured counts as the worst. */
  add(point: Point, score: number | null): void {
    const value = score ?? Math.min(this.#low, 0);
    this.#rows.push({ code: this.#space.encode(point), score: value });
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
    this.#sum += value;
    this.#known.clear();
  }

  /** Where a score lies between the worst and the best. */
  scaled(score: number): number {
    return this.#high > this.#low ? (score - this.#low) / (this.#high - this.#low) : 0.5;
  }

  guess(point: Point): Guess {
    const key = this.#space.keyOf(point);
    const known = this.#known.get(key) ?? this.#guess(point);
    this.#known.set(key, known);
    return known;
  }

  /** The guess with what doubt may hide: optimism in the face of uncertainty. */
  hope(point: Point, optimism: number): number {
    const { mean, doubt } = this.guess(point);
    return mean + optimism * doubt;
  }

  #guess(point: Point): Guess {
    if (this.#rows.length === 0) return { mean: 0.5, doubt: 1 };
    const code = this.#space.encode(point);
    let [weights, sum] = [0, 0];
    for (const row of this.#rows) {
      const weight = Math.exp(-squaredDistance(code, row.code) / (2 * width * width * code.length));
      weights += weight;
      sum += weight * row.score;
    }
    const mean = this.#sum / this.#rows.length;
    const expected = (sum + prior * mean) / (weights + prior);
    return { mean: this.scaled(expected), doubt: 1 / (1 + weights) };
  }
}

function squaredDistance(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2;
  return sum;
}
