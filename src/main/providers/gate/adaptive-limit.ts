import { LatencyTrend } from './latency-trend.ts';
import { RefusalHold } from './refusal-hold.ts';

/** Between which numbers of calls at once a limit may move. */
export type LimitBounds = { readonly min: number; readonly max: number };

/** A limit may be whatever the settings allow. */
export const noBounds: LimitBounds = { min: 1, max: Number.POSITIVE_INFINITY };

/** A call that was refused with a 429 or its like; times in ms. */
export type Refusal = {
  /** As `began` gave it. */
  readonly epoch: number;
  readonly now: number;
  /** What the provider asks to be left alone for; 0 where it does not say. */
  readonly restMs: number;
  /** Calls that it goes on with meanwhile. */
  readonly others: number;
};

/** A width that refusals cut, and what it stays above: 1 where it was no rise that was taken back. */
type Cut = { readonly from: number; readonly floor: number; readonly isRise: boolean };

/** Of a round's answers, the share of refusals up to which the limit rises, stays, and is cut at once. */
const fewRefused = 0.12;
const someRefused = 0.25;
const manyRefused = 0.35;
/** One refusal alone is no share. */
const leastRefused = 2;
const cutForRefusals = 0.7;
const cutForLatency = 0.8;
/** What a cut leaves at least, however few calls the provider goes on with. */
const leastKept = 0.25;
/** By how much of itself a limit rises at once at most. */
const steepest = 0.34;

/**
 * Calls at once that one provider takes, found in seconds: additive increase, multiplicative
 * decrease (Chiu and Jain 1989), a round being as many answers as the limit. A round with hardly a
 * 429 raises it by one, each further round without any by one more; a third of them cuts it at once,
 * to what the provider goes on with where that tells, and so do answers that take well longer than
 * at their fastest. Calls that began before a cut do not cut again: one overload is one cut. A 429
 * here and there, which a limit did not cause, does not bring it down, and one that asks for a long
 * rest just after a rise takes back that rise alone.
 */
export class AdaptiveLimit {
  readonly #most: () => number;
  readonly #onEdge: (asked: number, kept: number) => void;
  readonly #trend = new LatencyTrend();
  readonly #hold = new RefusalHold();
  #bounds = noBounds;
  #limit = Number.POSITIVE_INFINITY;
  #epoch = 0;
  /** How refusals ended the last epoch; null where nothing of the kind did. */
  #cut: Cut | null = null;
  #answers = 0;
  #refused = 0;
  #step = 1;
  /** Width of the last round in which nothing was refused; null after a cut. */
  #clean: number | null = null;

  /**
   * `most` is what the settings allow now; the limit begins there, and is never above. `onEdge` is
   * told how many calls were too many at once, and with how many it goes on.
   */
  constructor(most: () => number, onEdge: (asked: number, kept: number) => void = () => undefined) {
    this.#most = most;
    this.#onEdge = onEdge;
  }

  /** Calls at once that are allowed now. */
  get allowed(): number {
    return Math.max(1, Math.floor(this.#width));
  }

  /** Whether answers take well longer than at their fastest. */
  get isLate(): boolean {
    return this.#trend.isLate;
  }

  /** Whether its upper bound alone keeps it from rising. */
  get isBound(): boolean {
    return this.#limit >= this.#top && this.#top < this.#most();
  }

  /** Whether its lower bound alone keeps it from falling. */
  get isHeldUp(): boolean {
    return this.#bounds.min > 1 && this.#width <= this.#bounds.min;
  }

  get bounds(): LimitBounds {
    return this.#bounds;
  }

  /** Takes effect at once; what the settings allow stays the most. Into wider ones it rises as ever. */
  set bounds(bounds: LimitBounds) {
    if (this.isBound && bounds.max > this.#bounds.max) this.#limit = this.#top;
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
    this.#hold.answered();
    if (epoch !== this.#epoch) return;
    if (this.isLate) this.#lower(now, this.#width * cutForLatency, null);
    else this.#count(now, null);
  }

  /** A call was let in and failed otherwise: no refusal, and its time says nothing. */
  failed(epoch: number, now: number): void {
    if (epoch === this.#epoch) this.#count(now, null);
  }

  /** Notes a refusal; whether all calls should keep the rest that it asks for. */
  refused({ epoch, now, restMs, others }: Refusal): boolean {
    if (epoch !== this.#epoch) {
      if (epoch === this.#epoch - 1) this.#settle(others);
      return this.#cut?.isRise !== true;
    }
    const width = this.#width;
    const isDear = RefusalHold.isDear(restMs);
    if (isDear && this.#clean !== null && width > this.#clean) {
      const cut = { from: width, floor: this.#clean, isRise: true };
      this.#hold.begin(now, restMs, keptOf(cut, others));
      this.#lower(now, keptOf(cut, others), cut);
      this.#onEdge(width, this.allowed);
      return false;
    }
    if (isDear) this.#hold.begin(now, restMs, this.allowed - 1);
    this.#count(now, others);
    const some = Math.max(leastRefused, someRefused * width);
    return isDear || epoch !== this.#epoch || this.#refused >= some;
  }

  /** Counts an end; `others` is null where it was no refusal. */
  #count(now: number, others: number | null): void {
    this.#answers += 1;
    if (others !== null) this.#refused += 1;
    const width = this.#width;
    if (this.#refused >= Math.max(manyRefused * width, Math.min(leastRefused, width))) {
      const cut = { from: width, floor: 1, isRise: false };
      this.#lower(now, keptOf(cut, others ?? 0), cut);
      this.#onEdge(width, this.allowed);
    } else if (this.#answers >= Math.floor(width)) {
      this.#next(now, width);
    }
  }

  /** A round is over. */
  #next(now: number, width: number): void {
    const share = this.#refused / this.#answers;
    if (share > fewRefused) {
      this.#step = 1;
      this.#onEdge(width, Math.max(1, Math.floor(width * (1 - share))));
      this.#move(now, share <= someRefused ? width : width - 0.5);
      return;
    }
    if (share === 0) this.#clean = width;
    const rise = share === 0 ? Math.min(this.#step, Math.max(1, steepest * width)) : 1;
    this.#move(now, width + rise);
    this.#step = this.#width > width && share === 0 ? this.#step + 1 : 1;
  }

  /** More of the calls that it was cut for are refused: it is told better what the provider goes on with. */
  #settle(others: number): void {
    if (!this.#cut) return;
    this.#limit = Math.max(this.#bounds.min, Math.min(this.#limit, keptOf(this.#cut, others)));
    if (this.#cut.isRise) this.#hold.ceiling = this.allowed;
    this.#onEdge(this.#cut.from, this.allowed);
  }

  #lower(now: number, to: number, cut: Cut | null): void {
    this.#epoch += 1;
    this.#cut = cut;
    this.#clean = cut?.isRise ? this.#clean : null;
    this.#step = 1;
    this.#move(now, to);
  }

  #move(now: number, wanted: number): void {
    const limit = this.#hold.isOn(now) ? Math.min(wanted, this.#hold.ceiling) : wanted;
    // At the top nothing holds it, so that it is up with the settings as soon as they allow more.
    this.#limit = limit >= this.#top ? Number.POSITIVE_INFINITY : Math.max(this.#bounds.min, limit);
    this.#answers = 0;
    this.#refused = 0;
  }

  get #width(): number {
    return Math.min(this.#limit, this.#top);
  }

  get #top(): number {
    return Math.min(this.#most(), Math.max(this.#bounds.min, this.#bounds.max));
  }
}

/** What is left of a width that is cut while the provider goes on with so many. */
function keptOf({ from, floor }: Cut, others: number): number {
  const most = cutForRefusals * from;
  return Math.max(floor, others === 0 ? most : Math.min(most, Math.max(leastKept * from, others)));
}
