import { OmegaError } from '#shared/error.ts';
import { loadUsearch, usearchProblem } from './load-usearch.ts';
import { emptyFound, type Found, type GraphShape, type VectorEngine } from './vector-engine.ts';

const ownEfforts = [32, 48, 64, 80, 96, 112, 128, 160, 192, 256, 384, 512];

type Quantisation = 'bf16' | 'f16' | 'f32';

/**
 * A graph after Malkov and Yashunin (HNSW) of the package usearch, over vectors rounded to 16 bits.
 * Its `ef` is fixed when it is made, but no smaller than the number of results asked for: so the
 * effort is that number, and only the best are passed on.
 */
export class UsearchEngine implements VectorEngine {
  readonly trained = true;
  readonly efforts: readonly number[];
  effort: number;
  readonly #index: InstanceType<typeof import('usearch').Index>;
  readonly #dimensions: number;
  readonly #threads: number;

  /** @param threads used while vectors are added */
  constructor(
    dimensions: number,
    quantisation: Quantisation,
    threads: number,
    { links = 16, ef }: GraphShape = {},
  ) {
    const usearch = loadUsearch();
    if (!usearch) {
      const why = `usearch does not load here (${usearchProblem()})`;
      throw new OmegaError('UNAVAILABLE', `${why}; choose another engine, such as exact.`);
    }
    const kinds = usearch.ScalarKind;
    this.efforts = ef === undefined ? ownEfforts : [ef];
    this.effort = ef ?? 96;
    this.#dimensions = dimensions;
    this.#threads = threads;
    this.#index = new usearch.Index({
      dimensions,
      metric: usearch.MetricKind.IP,
      quantization: { bf16: kinds.BF16, f16: kinds.F16, f32: kinds.F32 }[quantisation],
      connectivity: links,
      expansion_add: Math.max(128, links),
      expansion_search: Math.min(16, ef ?? 16),
      multi: false,
    });
  }

  get size(): number {
    return this.#index.size();
  }

  train(): void {}

  add(keys: Float64Array, rows: Float32Array<ArrayBuffer>): void {
    if (keys.length === 0) return;
    this.#index.add(BigUint64Array.from(keys, BigInt), rows, this.#threads);
  }

  search(queries: Float32Array<ArrayBuffer>, k: number): Found {
    const count = queries.length / this.#dimensions;
    const found = emptyFound(count * k);
    const wanted = Math.max(k, this.effort);
    for (let query = 0; query < count; query += 1) {
      const start = query * this.#dimensions;
      const row = queries.subarray(start, start + this.#dimensions);
      const { keys, distances } = this.#index.search(row, wanted, 1);
      const halves = new Uint32Array(keys.buffer, keys.byteOffset);
      for (let place = 0; place < Math.min(k, keys.length); place += 1) {
        const key = (halves[place * 2] ?? 0) + (halves[place * 2 + 1] ?? 0) * 2 ** 32;
        found.keys[query * k + place] = key;
        found.scores[query * k + place] = 1 - (distances[place] ?? 0);
      }
    }
    return found;
  }

  save(path: string): void {
    this.#index.save(path);
  }

  restore(path: string): void {
    this.#index.load(path);
  }
}
