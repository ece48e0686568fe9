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

  /**
   * Sets the least effort whose recall on as many other queries is, with a certainty of some 97 %,
   * at least `target`; the greatest where none is. A few queries flatter one effort or another: the
   * first that seems to reach it is often one that does not.
   */
  async tune(engine: VectorEngine, target: number): Promise<IndexFigures> {
    const probes = this.#truth.length;
    const reaches = ({ recallAtLeast }: Measured): boolean => recallAtLeast >= target;
    let measured = await this.#measure(engine, engine.effort);
    if (engine.efforts.length === 0) return { ...measured.figures, effort: null, probes };
    let [below, effort] = [0, 0];
    for (effort of engine.efforts) {
      measured = await this.#measure(engine, effort);
      if (reaches(measured)) break;
      below = effort;
    }
    // The steps are coarse, and an engine that needs a little of the next one would seem slow.
    while (below > 0 && effort - below > Math.max(4, below / 10)) {
      const between = (below + effort) >> 1;
      const tried = await this.#measure(engine, between);
      if (reaches(tried)) [effort, measured] = [between, tried];
      else below = between;
    }
    engine.effort = effort;
    return { ...measured.figures, effort, probes };
  }

  /** Measures an engine at one effort, which it keeps, with the queries from one place up to another. */
  async measure(
    engine: VectorEngine,
    effort: number,
    from = 0,
    upTo = this.#truth.length,
  ): Promise<IndexFigures> {
    const { figures } = await this.#measure(engine, effort, from, upTo);
    const hasEffort = engine.efforts.length > 0;
    return { ...figures, effort: hasEffort ? effort : null, probes: upTo - from };
  }

  async #measure(
    engine: VectorEngine,
    effort: number,
    from = 0,
    upTo = this.#truth.length,
  ): Promise<Measured> {
    engine.effort = effort;
    const recalls: number[] = [];
    const times: number[] = [];
    for (const [at, list] of this.#truth.slice(from, upTo).entries()) {
      const start = (from + at) * this.#dimensions;
      const row = this.#queries.slice(start, start + this.#dimensions);
      const began = performance.now();
      const { keys } = await engine.search(row, k);
      times.push(performance.now() - began);
      const truth = new Set(list.keys().slice(0, k));
      const hits = keys.reduce((sum, key) => sum + (truth.has(key) ? 1 : 0), 0);
      recalls.push(truth.size === 0 ? 1 : hits / truth.size);
    }
    const recallAt10 = mean(recalls);
    const variance = mean(recalls.map((one) => (one - recallAt10) ** 2));
    // The middle: a query that other programs interrupted says nothing about the index.
    const middle = times.sort((a, b) => a - b)[times.length >> 1] ?? 1;
    return {
      figures: { recallAt10, queriesPerSecond: Math.round(1000 / Math.max(middle, 0.001)) },
      // The error of this mean, and that of the other queries' mean.
      recallAtLeast: recallAt10 - 2 * Math.sqrt((2 * variance) / recalls.length),
    };
  }
}

type Measured = {
  readonly figures: { readonly recallAt10: number; readonly queriesPerSecond: number };
  /** What the mean of as many other queries is hardly below. */
  readonly recallAtLeast: number;
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
