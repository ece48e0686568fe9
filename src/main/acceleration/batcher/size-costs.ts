const kept = 7;

/** What a batch of each size has cost lately, by measurement. Sizes are ascending. */
export class SizeCosts {
  readonly sizes: readonly number[];
  readonly #samples: number[][];
  readonly #measuredAt: number[];
  readonly #typical: (number | null)[];

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
    this.#samples = sizes.map(() => []);
    this.#typical = sizes.map(() => null);
    this.#measuredAt = sizes.map(() => Number.NEGATIVE_INFINITY);
  }

  /** The index of the largest size that is not above `items`. */
  indexOf(items: number): number {
    let index = this.sizes.length - 1;
    while (index > 0 && (this.sizes[index] ?? 0) > items) index--;
    return index;
  }

  /** Keeps a measurement: `items` took `ms` together, as the `tally`-th batch. */
  add(items: number, ms: number, tally: number): void {
    const index = this.indexOf(items);
    const samples = this.#samples[index];
    if (!samples) return;
    samples.push(ms / items);
    if (samples.length > kept) samples.shift();
    this.#measuredAt[index] = tally;
    // What else the machine does only ever adds time, so that the lower third says more than the
    // median. Kept, because every batch asks for all of them.
    const third = Math.floor((samples.length - 1) / 3);
    this.#typical[index] = [...samples].sort((a, b) => a - b)[third] ?? null;
  }

  /** Milliseconds an item, typical of the last few batches of that size; null where unknown. */
  perItem(index: number): number | null {
    return this.#typical[index] ?? null;
  }

  /** When a size was last measured, as a tally. */
  measuredAt(index: number): number {
    return this.#measuredAt[index] ?? Number.NEGATIVE_INFINITY;
  }

  /** Milliseconds that a batch of a size takes, from the nearest size that is known. */
  expectedMs(index: number): number | null {
    const size = this.sizes[index];
    if (size === undefined) return null;
    for (let away = 0; away < this.sizes.length; away++) {
      const cost = this.perItem(index - away) ?? this.perItem(index + away);
      if (cost !== null) return cost * size;
    }
    return null;
  }

  /** Milliseconds that so many items take: between the sizes beside them, or as the nearest known. */
  expectedFor(items: number): number | null {
    const index = this.indexOf(items);
    const [size = 1, next = size] = this.sizes.slice(index, index + 2);
    const below = this.perItem(index);
    const above = this.perItem(index + 1);
    if (below !== null && above !== null && next > size) {
      const slope = (above * next - below * size) / (next - size);
      return below * size + slope * (items - size);
    }
    const expected = this.expectedMs(index);
    return expected === null ? null : (expected * items) / size;
  }
}
