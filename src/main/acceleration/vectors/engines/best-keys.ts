import type { Found } from './vector-engine.ts';

/** Keeps the `k` best of what it is offered, best first; of equal scores the smaller key. */
export class BestKeys {
  readonly #k: number;
  readonly #keys: number[] = [];
  readonly #scores: number[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  get size(): number {
    return this.#keys.length;
  }

  offer(key: number, score: number): void {
    const keys = this.#keys;
    const scores = this.#scores;
    const last = keys.length - 1;
    if (last + 1 === this.#k && !before(score, key, scores[last] ?? 0, keys[last] ?? 0)) return;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(scores[middle] ?? 0, keys[middle] ?? 0, score, key)) low = middle + 1;
      else high = middle;
    }
    keys.splice(low, 0, key);
    scores.splice(low, 0, score);
    if (keys.length > this.#k) {
      keys.pop();
      scores.pop();
    }
  }

  /** Writes what was kept to the places of a query. */
  into(found: Found, at: number): void {
    found.keys.set(this.#keys, at);
    found.scores.set(this.#scores, at);
  }

  /** Keys with their scores, best first. */
  scored(): readonly { readonly key: number; readonly score: number }[] {
    return this.#keys.map((key, at) => ({ key, score: this.#scores[at] ?? 0 }));
  }

  /** The keys, best first. */
  keys(): readonly number[] {
    return this.#keys;
  }
}

function before(score: number, key: number, otherScore: number, otherKey: number): boolean {
  return score > otherScore || (score === otherScore && key < otherKey);
}
