import type { SizeLearner } from './size-learner.ts';

/** What a fuller batch may cost an item, over a batch of what waits, for waiting to be worthwhile. */
const worthwhile = 0.9;

/** Counts how fast items come, from one batch's end to the next. */
export class Arrivals {
  #count = 0;
  #since: number;

  constructor(now: number) {
    this.#since = now;
  }

  /** Counts one. */
  add(): void {
    this.#count++;
  }

  /** Items a millisecond since it was asked last; counts anew from `now`. */
  takeRate(now: number): number {
    const perMs = this.#count / Math.max(now - this.#since, 0.001);
    this.#count = 0;
    this.#since = now;
    return perMs;
  }
}

/**
 * Milliseconds to let a slot stand free for a fuller batch; 0 where it does not pay: nothing comes,
 * the target leaves no time for it, or a fuller batch is hardly cheaper.
 */
export function lingerMs(line: {
  readonly waiting: number;
  readonly wanted: number;
  /** Milliseconds that the target leaves the oldest item. */
  readonly leftMs: number;
  readonly arrivalsPerMs: number;
  readonly learner: Pick<SizeLearner, 'expectedMs'>;
}): number {
  const { waiting, wanted, arrivalsPerMs, learner } = line;
  if (waiting === 0 || waiting >= wanted || arrivalsPerMs === 0) return 0;
  const [now, full] = [learner.expectedMs(waiting), learner.expectedMs(wanted)];
  if (now === null || full === null) return 0;
  const wait = (wanted - waiting) / arrivalsPerMs;
  const left = line.leftMs - full;
  if (wait > left || full / wanted >= (now / waiting) * worthwhile) return 0;
  return Math.min(left, 2 * wait);
}
