import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { OmegaError } from '#shared/error.ts';
import { emptyFound, type Found, type GraphShape, type VectorEngine } from './vector-engine.ts';

type Kind = 'faiss-flat' | 'faiss-ivf' | 'faiss-hnsw';

/** What our build of faiss-node has of it (scripts/faiss/patches.mjs). */
type FaissIndex = {
  ntotal(): number;
  add(rows: Float32Array): void;
  train(rows: Float32Array): void;
  search(queries: Float32Array, k: number): { distances: Float32Array; labels: Float64Array };
  setEffort(effort: number): boolean;
  write(path: string): void;
};
type Faiss = {
  readonly Index: {
    fromFactory(dimensions: number, description: string, metric: number): FaissIndex;
    read(path: string): FaissIndex;
    readonly prototype: object;
  };
};

const innerProduct = 0;
const efforts: Readonly<Record<Kind, readonly number[]>> = {
  'faiss-flat': [],
  'faiss-ivf': [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128],
  'faiss-hnsw': [16, 32, 48, 64, 96, 128, 192, 256, 384, 512],
};

/**
 * An index of faiss, over 32-bit floats: all vectors (`flat`), lists around centres (`ivf`, as many
 * as the root of the vectors it is trained on), or a graph (`hnsw`). faiss numbers vectors as they
 * come; which key each number stands for is kept here.
 */
export class FaissEngine implements VectorEngine {
  readonly efforts: readonly number[];
  readonly #faiss: Faiss;
  readonly #dimensions: number;
  #index: FaissIndex | null;
  #keys = new Float64Array(1024);
  #effort: number;

  /** `ef` is the number of lists to look through for `faiss-ivf`; `faiss-flat` reads neither. */
  constructor(kind: Kind, dimensions: number, { links = 32, ef }: GraphShape = {}) {
    this.#faiss = loadFaiss();
    this.#dimensions = dimensions;
    const isFixed = kind !== 'faiss-flat' && ef !== undefined;
    this.efforts = isFixed ? [ef] : efforts[kind];
    this.#effort = (isFixed ? ef : efforts[kind][3]) ?? 0;
    this.#index =
      kind === 'faiss-ivf' ? null : this.#make(kind === 'faiss-hnsw' ? `HNSW${links}` : 'Flat');
    if (isFixed) this.effort = ef;
  }

  get trained(): boolean {
    return this.#index !== null;
  }

  get size(): number {
    return this.#index?.ntotal() ?? 0;
  }

  get effort(): number {
    return this.#effort;
  }

  set effort(effort: number) {
    this.#effort = effort;
    this.#index?.setEffort(effort);
  }

  train(rows: Float32Array<ArrayBuffer>, expected: number): void {
    const count = rows.length / this.#dimensions;
    if (count === 0 || this.#index) return;
    // No more lists than can be learnt from the sample.
    const lists = Math.max(1, Math.floor(Math.min(Math.sqrt(expected), count / 39)));
    const index = this.#make(`IVF${lists},Flat`);
    index.train(rows);
    this.#index = index;
    this.effort = this.#effort;
  }

  add(keys: Float64Array, rows: Float32Array): void {
    const size = this.size;
    if (keys.length === 0) return;
    if (!this.#index) throw new OmegaError('INTERNAL', 'This index has to be trained first.');
    this.#index.add(rows);
    if (size + keys.length > this.#keys.length) {
      const grown = new Float64Array(Math.max(2 * this.#keys.length, size + keys.length));
      grown.set(this.#keys);
      this.#keys = grown;
    }
    this.#keys.set(keys, size);
  }

  search(queries: Float32Array<ArrayBuffer>, k: number): Found {
    const found = emptyFound((queries.length / this.#dimensions) * k);
    if (!this.#index || this.size === 0) return found;
    const { distances, labels } = this.#index.search(queries, k);
    for (const [place, label] of labels.entries()) {
      if (label < 0) continue;
      found.keys[place] = this.#keys[label] ?? -1;
      found.scores[place] = distances[place] ?? 0;
    }
    return found;
  }

  save(path: string): void {
    this.#index?.write(path);
    const keys = this.#keys.subarray(0, this.size);
    // After the index in one file: faiss reads no further than its own.
    appendFileSync(path, new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength));
  }

  restore(path: string): void {
    const index = this.#faiss.Index.read(path);
    const bytes = readFileSync(path);
    const own = bytes.subarray(bytes.byteLength - index.ntotal() * 8);
    this.#keys = new Float64Array(new Uint8Array(own).buffer);
    this.#index = index;
    this.effort = this.#effort;
  }

  #make(description: string): FaissIndex {
    return this.#faiss.Index.fromFactory(this.#dimensions, description, innerProduct);
  }
}

let loaded: Faiss | null = null;

/** Throws `UNAVAILABLE` where faiss was not built; the message says how to get it. */
function loadFaiss(): Faiss {
  if (loaded) return loaded;
  try {
    const faiss = createRequire(import.meta.url)('faiss-node') as Faiss;
    if (!('setEffort' in faiss.Index.prototype)) throw new Error('it is not the build of set-up');
    loaded = faiss;
    return faiss;
  } catch (error) {
    throw new OmegaError(
      'UNAVAILABLE',
      'FAISS is not built here. On Debian or Ubuntu run: sudo apt-get install -y libfaiss-dev libopenblas-dev g++ && node scripts/setup.mjs',
      { cause: error },
    );
  }
}
