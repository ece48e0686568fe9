import { BestKeys } from '../engines/best-keys.ts';
import { scanRows } from '../engines/scan-rows.ts';
import type { VectorEngine } from '../engines/vector-engine.ts';

/** Neighbours that a measurement of recall looks at. */
const k = 10;

/** What an index was measured to do, one query at a time, on vectors that are not in it. */
export type IndexFigures = {
  /** Share of the 10 nearest that it finds, 0 to 1. */
  readonly recallAt10: number;
  readonly queriesPerSecond: number;
  /** The effort that was measured; null for an engine that has none. */
  readonly effort: number | null;
  /** Queries of the measurement. */
  readonly probes: number;
};

/** Knows the true neighbours of some queries among all vectors that went by. */
export class RecallProbe {
  readonly #queries: Float32Array<ArrayBuffer>;
  readonly #dimensions: number;
  readonly #truth: readonly BestKeys[];

  constructor(queries: Float32Array<ArrayBuffer>, dimensions: number) {
    this.#queries = queries;
    this.#dimensions = dimensions;
    const count = queries.length / dimensions;
    // Spare places: some of these may be removed before it is measured.
    this.#truth = Array.from({ length: count }, () => new BestKeys(2 * k));
  }

  /** Notes vectors that are added to the index. */
  see(keys: Float64Array, rows: Float32Array<ArrayBuffer>): void {
    if (this.#truth.length === 0) return;
    scanRows(keys, rows, this.#queries, this.#dimensions, 2 * k, this.#truth);
  }

  /** Sets the least effort that reaches `target`, or the greatest where none does. */
  async tune(engine: VectorEngine, target: number): Promise<IndexFigures> {
    const probes = this.#truth.length;
    if (engine.efforts.length === 0)
      return { ...(await this.#measure(engine)), effort: null, probes };
    let figures = { recallAt10: 0, queriesPerSecond: 0 };
    for (const effort of engine.efforts) {
      engine.effort = effort;
      figures = await this.#measure(engine);
      if (figures.recallAt10 >= target) break;
    }
    return { ...figures, effort: engine.effort, probes };
  }

  async #measure(engine: VectorEngine): Promise<{ recallAt10: number; queriesPerSecond: number }> {
    let hits = 0;
    let wanted = 0;
    const times: number[] = [];
    for (const [query, list] of this.#truth.entries()) {
      const start = query * this.#dimensions;
      const row = this.#queries.slice(start, start + this.#dimensions);
      const began = performance.now();
      const { keys } = await engine.search(row, k);
      times.push(performance.now() - began);
      const truth = new Set(list.keys().slice(0, k));
      wanted += truth.size;
      for (const key of keys) if (truth.has(key)) hits += 1;
    }
    // The middle: a query that other programs interrupted says nothing about the index.
    const middle = times.sort((a, b) => a - b)[times.length >> 1] ?? 1;
    return {
      recallAt10: wanted === 0 ? 1 : hits / wanted,
      queriesPerSecond: Math.round(1000 / Math.max(middle, 0.001)),
    };
  }
}
