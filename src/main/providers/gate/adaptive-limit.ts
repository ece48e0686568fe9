import { LatencyTrend } from './latency-trend.ts';

/** Between which numbers of calls at once a limit may move. */
export type LimitBounds = { readonly min: number; readonly max: number };

/** Of a round's answers, the share of refusals up to which the limit rises, stays, and is cut at once. */
const fewRefused = 0.12;
const someRefused = 0.25;
const manyRefused = 0.35;
/** One refusal alone is no share. */
const leastRefused = 2;
const cutForRefusals = 0.7;
const cutForLatency = 0.8;
/** A rest, in ms, from which a refusal is dear: the width that it came at is not tried again soon. */
const dearRestMs = 1_000;
/** How many times as long as the rest it is not: resting for it stays below a tenth of the time. */
const holdRests = 10;

/**
 * Calls at once that one provider takes, found in seconds: additive increase, multiplicative
 * decrease (Chiu and Jain 1989), a round being as many answers as the limit. A round with hardly a
 * 429 raises it by one, a third of them cuts it at once, and so do answers that take well longer
 * than at their fastest. Calls that began before a cut do not cut again: one overload is one cut.
 * A 429 here and there, which a limit did not cause, does not bring it down.
 */
export class AdaptiveLimit {
  readonly #most: () => number;
  readonly #trend = new LatencyTrend();
  #bounds: LimitBounds = { min: 1, max: Number.POSITIVE_INFINITY };
  #limit = Number.POSITIVE_INFINITY;
  #epoch = 0;
  #answers = 0;
  #refused = 0;
  #ceiling = Number.POSITIVE_INFINITY;
  #holdUntil = Number.NEGATIVE_INFINITY;

  /** `most` is what the settings allow now; the limit begins there, and is never above. */
  constructor(most: () => number) {
    this.#most = most;
  }

  /** Calls at once that are allowed now. */
  get allowed(): number {
    return Math.max(1, Math.floor(Math.min(this.#limit, this.#top)));
  }

  /** Whether answers take well longer than at their fastest. */
  get isLate(): boolean {
    return this.#trend.isLate;
  }

  /** Takes effect at once; what the settings allow stays the most. */
  set bounds(bounds: LimitBounds) {
    this.#bounds = bounds;
    this.#limit = Math.max(bounds.min, this.#limit);
  }

  /** Notes the beginning of a call; what it returns is given back with its end. */
  began(): number {
    return this.#epoch;
  }

  /** A call was answered; times in ms. */
  answered(epoch: number, now: number, ms: number, outputTokens: number): void {
    this.#trend.add(now, ms, outputTokens);
    if (epoch !== this.#epoch) return;
    if (this.isLate) this.#cut(now, cutForLatency);
    else this.#count(now, false);
  }

  /** A call was let in and failed otherwise: no refusal, and its time says nothing. */
  failed(epoch: number, now: number): void {
    if (epoch === this.#epoch) this.#count(now, false);
  }

  /**
   * A call was refused with a 429 or its like, which asks for a rest (ms, 0 for none); whether that
   * is more than one here and there.
   */
  refused(epoch: number, now: number, restMs: number): boolean {
    if (epoch !== this.#epoch) return true;
    if (restMs >= dearRestMs) {
      this.#ceiling = Math.max(1, this.allowed - 1);
      this.#holdUntil = now + holdRests * restMs;
    }
    this.#count(now, true);
    const some = Math.max(leastRefused, someRefused * Math.min(this.#limit, this.#top));
    return epoch !== this.#epoch || this.#refused >= some;
  }

  #count(now: number, isRefused: boolean): void {
    this.#answers += 1;
    if (isRefused) this.#refused += 1;
    const width = Math.min(this.#limit, this.#top);
    if (this.#refused >= Math.max(manyRefused * width, Math.min(leastRefused, width))) {
      this.#cut(now, cutForRefusals);
    } else if (this.#answers >= Math.floor(width)) {
      const share = this.#refused / this.#answers;
      this.#move(now, width + (share <= fewRefused ? 1 : share <= someRefused ? 0 : -0.5));
    }
  }

  #cut(now: number, by: number): void {
    this.#epoch += 1;
    this.#move(now, Math.min(this.#limit, this.#top) * by);
  }

  #move(now: number, wanted: number): void {
    const { min } = this.#bounds;
    const limit = now < this.#holdUntil ? Math.min(wanted, this.#ceiling) : wanted;
    // At the top nothing holds it, so that it is up with the settings as soon as they allow more.
    this.#limit = limit >= this.#top ? Number.POSITIVE_INFINITY : Math.max(min, limit);
    this.#answers = 0;
    this.#refused = 0;
  }

  get #top(): number {
    return Math.min(this.#most(), Math.max(this.#bounds.min, this.#bounds.max));
  }
}
