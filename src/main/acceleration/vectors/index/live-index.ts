import { BestKeys } from '../engines/best-keys.ts';
import { ExactEngine } from '../engines/exact-engine.ts';
import { emptyFound, type Found, type VectorEngine } from '../engines/vector-engine.ts';

/** Rows that are merged at once: what a search may have to wait for, some 15 ms. */
const mergeRows = 64;
/** Rows that an engine which has to be trained sees at most. */
const trainingRows = 40_000;

/**
 * An engine that can be written to while it answers. New vectors are compared one by one until they
 * are merged into the engine; removed ones stay in it and are left out of what is found.
 */
export class LiveIndex {
  readonly engine: VectorEngine;
  readonly #dimensions: number;
  readonly #fresh: ExactEngine;
  readonly #removed = new Set<number>();

  constructor(engine: VectorEngine, dimensions: number) {
    this.engine = engine;
    this.#dimensions = dimensions;
    this.#fresh = new ExactEngine(dimensions, mergeRows);
  }

  /** Vectors that wait to be merged. */
  get fresh(): number {
    return this.#fresh.size;
  }

  /** Vectors that were removed and still take room. */
  get removed(): number {
    return this.#removed.size;
  }

  /** Vectors that it holds, removed ones too. */
  get size(): number {
    return this.engine.size + this.#fresh.size;
  }

  /** Adds vectors; the next search finds them. */
  add(keys: Float64Array, rows: Float32Array): void {
    this.#fresh.add(keys, rows);
  }

  /** Removes vectors for good: a key does not come back. */
  remove(keys: Iterable<number>): void {
    for (const key of keys) this.#removed.add(key);
  }

  /** The keys that were removed and still take room. */
  removedKeys(): Float64Array {
    return Float64Array.from(this.#removed);
  }

  /** Lets the engine learn from the vectors that wait. */
  train(): void {
    if (!this.engine.trained) {
      this.engine.train(this.#fresh.sample(trainingRows), this.#fresh.size);
    }
  }

  /** Merges a block of new vectors into the engine; false when there was none, or it is not trained. */
  mergeBlock(): boolean {
    if (!this.engine.trained) return false;
    const block = this.#fresh.takeBlock();
    if (!block) return false;
    const { keys, rows } = this.#withoutRemoved(block.keys, block.rows);
    this.engine.add(keys, rows);
    return true;
  }

  /**
   * The `k` best of each query. Where removed vectors took places the engine is asked for more, until
   * there are `k` or it has no more to give.
   */
  async search(queries: Float32Array<ArrayBuffer>, k: number): Promise<Found> {
    const count = queries.length / this.#dimensions;
    const dead = this.#removed.size;
    if (dead === 0 && this.#fresh.size === 0) return this.engine.search(queries, k);
    const recent = this.#fresh.search(queries, k + Math.min(dead, this.#fresh.size));
    const found = emptyFound(count * k);
    const share = dead / Math.max(1, this.size);
    for (let query = 0; query < count; query += 1) {
      const row = queries.slice(query * this.#dimensions, (query + 1) * this.#dimensions);
      (await this.#searchOne(row, k, share)).into(found, query * k);
      const best = new BestKeys(k);
      this.#offer(best, found, query, k);
      this.#offer(best, recent, query, recent.keys.length / count);
      found.keys.fill(-1, query * k, (query + 1) * k);
      best.into(found, query * k);
    }
    return found;
  }

  async #searchOne(query: Float32Array<ArrayBuffer>, k: number, share: number): Promise<BestKeys> {
    let wanted = Math.min(this.engine.size, Math.ceil(k * (1 + 2 * share)) + (share > 0 ? 4 : 0));
    for (;;) {
      const best = new BestKeys(k);
      if (wanted === 0) return best;
      const found = await this.engine.search(query, wanted);
      this.#offer(best, found, 0, wanted);
      const gaveAll = found.keys.at(-1) === -1 || wanted >= this.engine.size;
      if (best.size === k || gaveAll) return best;
      wanted = Math.min(this.engine.size, wanted * 4);
    }
  }

  #offer(best: BestKeys, found: Found, query: number, places: number): void {
    for (let at = query * places; at < (query + 1) * places; at += 1) {
      const key = found.keys[at] ?? -1;
      if (key >= 0 && !this.#removed.has(key)) best.offer(key, found.scores[at] ?? 0);
    }
  }

  #withoutRemoved(keys: Float64Array, rows: Float32Array<ArrayBuffer>) {
    const kept = [...keys.keys()].filter((at) => !this.#removed.delete(keys[at] ?? -1));
    if (kept.length === keys.length) return { keys, rows };
    const d = this.#dimensions;
    const keptRows = new Float32Array(kept.length * d);
    for (const [to, from] of kept.entries()) {
      keptRows.set(rows.subarray(from * d, (from + 1) * d), to * d);
    }
    return { keys: Float64Array.from(kept, (at) => keys[at] ?? -1), rows: keptRows };
  }
}
