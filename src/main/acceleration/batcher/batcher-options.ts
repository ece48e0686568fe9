import type { BatchClock } from './batch-clock.ts';

/** Answers a batch, one answer an item in the same order; an `Error` in it is that item's alone. */
export type BatchFunction<I, O> = (
  items: readonly I[],
  signal: AbortSignal,
) => readonly (O | Error)[] | Promise<readonly (O | Error)[]>;

/** How one batch went; times in milliseconds, `waitMs` and `latencyMs` those of its oldest item. */
export type BatchReport = {
  readonly size: number;
  readonly waitMs: number;
  readonly serviceMs: number;
  readonly latencyMs: number;
  /** Whether `fn` failed as a whole. */
  readonly failed: boolean;
  /** Items that still wait, and the most that the next batch will have. */
  readonly queued: number;
  readonly limit: number;
};

/** Bounds and observers of an {@link AdaptiveBatcher}. */
export type BatcherOptions = {
  /** Items that may wait; the next is refused. */
  readonly maxQueue?: number;
  /** Batches under way at once. */
  readonly slots?: number;
  /** Longest that `fn` may take for a batch, in milliseconds. */
  readonly timeoutMs?: number;
  readonly onBatch?: (report: BatchReport) => void;
  readonly clock?: BatchClock;
};
