import { type BatchPolicy, sizesOf } from './batch-policy.ts';
import { SizeCosts } from './size-costs.ts';

/** A size that costs at most this much more than the cheapest is as good, and answers earlier. */
const asGood = 1.03;
/** Part of the service time that trials of other sizes may cost more than the chosen size would. */
const trialShare = 0.02;
/** What a trial is reckoned to cost more, as a part of its time, before it is known. */
const trialLoss = 0.25;
/** Batches that a trial takes, and how often a size is tried at once before it has to wait its turn. */
const trialBatches = 3;
const firstTrials = 2;
/** Batches in time until the next larger size is allowed again after one that was too slow. */
const goodBatches = 2;
/** Batches over the time, one after the other, until a size that is in time as a rule is left. */
const chanceOvers = 3;

type Trial = { readonly index: number; left: number };

/**
 * Finds the batch size with the most items a second within the target, from service times alone. A
 * batch may take half of the target: an item that comes just after one began waits for it first.
 */
export class SizeLearner {
  readonly #costs: SizeCosts;
  readonly #budgetMs: number;
  readonly #preferred: number;
  #choice: number;
  #ceiling: number;
  #good = 0;
  #tally = 0;
  #creditMs = 0;
  #trial: Trial | null = null;
  #overs = 0;
  readonly #tried = new Map<number, number>();

  constructor(policy: BatchPolicy) {
    this.#costs = new SizeCosts(sizesOf(policy));
    this.#budgetMs = policy.targetLatencyMs / 2;
    this.#preferred = this.#costs.indexOf(policy.minBatch);
    this.#choice = this.#preferred;
    this.#ceiling = this.#costs.sizes.length - 1;
  }

  /** Most items that the next batch should have. */
  get limit(): number {
    return this.#costs.sizes[this.#trial?.index ?? this.#choice] ?? 1;
  }

  /** Milliseconds that a batch of so many items is expected to take; null before the first. */
  expectedMs(items: number): number | null {
    return this.#costs.expectedFor(items);
  }

  /** Learns from a batch that succeeded: how many items, and how long `fn` took. */
  record(items: number, serviceMs: number): void {
    this.#tally++;
    const index = this.#costs.indexOf(items);
    const isNew = this.#costs.perItem(index) === null;
    this.#costs.add(items, serviceMs, this.#tally);
    this.#pay(items, serviceMs);
    this.#overs = serviceMs > this.#budgetMs ? this.#overs + 1 : 0;
    // It may be chance where the size is in time as a rule: something else had the machine.
    const patience = isNew || !this.#inTime(index) ? 1 : chanceOvers;
    if (this.#overs >= patience) this.#shrink(index);
    else if (this.#overs === 0) this.#relax();
    if (this.#trial && --this.#trial.left <= 0) this.#trial = null;
    const before = this.#choice;
    this.#choose();
    if (this.#trial) return;
    // Looked at now and then, not after every batch: batches may have one item and take microseconds.
    if (this.#choice !== before || this.#tally % 8 === 0) this.#trial = this.#nextTrial();
  }

  /** Trials are paid for by the time that they take more than the chosen size would. */
  #pay(items: number, serviceMs: number): void {
    const usual = (this.#costs.perItem(this.#choice) ?? 0) * items;
    this.#creditMs += this.#trial ? Math.min(0, usual - serviceMs) : serviceMs * trialShare;
  }

  /** Below what was too slow, at once; whether it stays so its costs will tell. */
  #shrink(index: number): void {
    this.#good = 0;
    this.#overs = 0;
    this.#trial = null;
    this.#ceiling = Math.max(0, index - 1);
  }

  #relax(): void {
    if (++this.#good % goodBatches !== 0) return;
    this.#ceiling = Math.min(this.#costs.sizes.length - 1, this.#ceiling + 1);
  }

  /** The preferred size until it was tried; then the smallest that is about as cheap as the
   * cheapest in time, or the smallest if none is. */
  #choose(): void {
    const untried = this.#costs.perItem(this.#preferred) === null;
    if (untried && this.#preferred <= this.#ceiling && this.#inTime(this.#preferred)) {
      this.#choice = this.#preferred;
      return;
    }
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index <= this.#ceiling; index++) {
      const cost = this.#costs.perItem(index);
      if (cost !== null && cost < least && this.#inTime(index)) least = cost;
    }
    for (let index = 0; index <= this.#ceiling; index++) {
      const cost = this.#costs.perItem(index);
      if (cost === null || cost > least * asGood || !this.#inTime(index)) continue;
      this.#choice = index;
      return;
    }
    this.#choice = this.#largestInTime();
  }

  /** Where nothing small enough has been measured, what the nearest measurement promises. */
  #largestInTime(): number {
    let index = this.#ceiling;
    while (index > 0 && !this.#inTime(index)) index--;
    return index;
  }

  #inTime(index: number): boolean {
    return (this.#costs.expectedMs(index) ?? 0) <= this.#budgetMs;
  }

  /** A neighbour that is new at once, the larger first; any other size when enough credit is there. */
  #nextTrial(): Trial | null {
    const cost = this.#costs.perItem(this.#choice) ?? 0;
    // By the chosen size's cost: a size's own may be an old or an unlucky measurement.
    const promised = (index: number): number => cost * (this.#costs.sizes[index] ?? 0);
    const possible = this.#costs.sizes
      .map((_, index) => index)
      .filter((i) => i !== this.#choice && i <= this.#ceiling && promised(i) <= this.#budgetMs);
    const near = possible.filter((index) => Math.abs(index - this.#choice) === 1);
    const fresh = near.findLast((index) => (this.#tried.get(index) ?? 0) < firstTrials);
    if (fresh !== undefined) return this.#begin(fresh);
    const pool = this.#tally % 32 === 0 ? possible : near;
    const [stalest] = pool.sort((a, b) => this.#costs.measuredAt(a) - this.#costs.measuredAt(b));
    if (stalest === undefined) return null;
    const price = trialBatches * promised(stalest) * trialLoss;
    return this.#creditMs >= price ? this.#begin(stalest) : null;
  }

  #begin(index: number): Trial {
    this.#tried.set(index, (this.#tried.get(index) ?? 0) + 1);
    return { index, left: trialBatches };
  }
}
