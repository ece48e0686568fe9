import type { BatchReport } from '../batcher/batcher-options.ts';

/** Micro-batches of up to `size` texts, and of more than the size before it, since the start. */
export type BatchSizeFigures = {
  readonly size: number;
  readonly batches: number;
  readonly texts: number;
  /** Times that they took, summed, in ms. */
  readonly serviceMs: number;
  /** Of them, those that took more than half of the target, which is what a batch may take. */
  readonly late: number;
};

/** How micro-batches went, and how large they may be. */
export type BatchFigures = {
  readonly sizes: readonly BatchSizeFigures[];
  /** Most texts in one, as set; as bounded (null where it is not); and as found now. */
  readonly most: number;
  readonly bound: number | null;
  readonly limit: number;
};

/** Counts micro-batches by size, in powers of two. */
export class BatchTally {
  readonly #sizes = new Map<number, { -readonly [K in keyof BatchSizeFigures]: number }>();

  add({ size, serviceMs, failed }: BatchReport, targetLatencyMs: number): void {
    if (failed) return;
    const upper = 2 ** Math.ceil(Math.log2(Math.max(1, size)));
    let row = this.#sizes.get(upper);
    if (!row) {
      row = { size: upper, batches: 0, texts: 0, serviceMs: 0, late: 0 };
      this.#sizes.set(upper, row);
    }
    row.batches += 1;
    row.texts += size;
    row.serviceMs += serviceMs;
    if (serviceMs > targetLatencyMs / 2) row.late += 1;
  }

  /** In the order of their sizes. */
  get figures(): readonly BatchSizeFigures[] {
    return [...this.#sizes.values()]
      .map((row) => ({ ...row }))
      .sort((one, other) => one.size - other.size);
  }
}
