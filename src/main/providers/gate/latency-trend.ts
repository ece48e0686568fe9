/** How much a new answer counts in the running average: about the last ten decide. */
const weight = 0.2;
/** Answers before which the average says nothing. */
const leastAnswers = 10;
/** How much slower than at their fastest answers must be to count as late. */
const tolerance = 2.5;
/** Below this average, in ms, nothing is late: what is left is noise of this machine. */
const leastMs = 200;
/** What an answer costs before its first token, in tokens: it makes short and long ones comparable. */
const startTokens = 200;
/** The floor is the lowest average of the last one to two such times, in ms. */
const windowMs = 30_000;

/**
 * Whether answers take well longer than they did at their fastest: the sign of a provider with more
 * work than it can do, as in the gradient of Netflix's concurrency-limits. Time is taken per token,
 * so that a run of long answers is not taken for a slow provider.
 */
export class LatencyTrend {
  #count = 0;
  #ms = 0;
  #perToken = 0;
  #floors: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  #turnsAt = Number.NEGATIVE_INFINITY;

  /** Adds an answer; times in ms. */
  add(now: number, ms: number, outputTokens: number): void {
    const perToken = ms / (startTokens + outputTokens);
    this.#count += 1;
    const share = Math.max(weight, 1 / this.#count);
    this.#ms += share * (ms - this.#ms);
    this.#perToken += share * (perToken - this.#perToken);
    if (this.#count < leastAnswers) return;
    if (now >= this.#turnsAt) {
      this.#floors = [Number.POSITIVE_INFINITY, this.#floors[0]];
      this.#turnsAt = now + windowMs;
    }
    this.#floors[0] = Math.min(this.#floors[0], this.#perToken);
  }

  get isLate(): boolean {
    return this.#ms >= leastMs && this.#perToken > tolerance * Math.min(...this.#floors);
  }
}
