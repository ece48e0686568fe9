import type { AsyncResource } from '#main/core/disposable.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { MetadataValue, VectorFilter } from '#main/storage/vectors/vector-filter.ts';
import type {
  CollectionRow,
  VectorMetadata,
  VectorRecord,
} from '#main/storage/vectors/vector-rows.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import { OmegaError } from '#shared/error.ts';
import { checkCount, checkRecords } from './collection/check-input.ts';
import type { KeeperReport } from './collection/index-keeper.ts';
import type { KeyedSearch } from './collection/keyed-search.ts';
import { type ScoredKey, scanStore } from './collection/scan-store.ts';
import { unitRows } from './collection/unit-rows.ts';
import type { Answerer, VectorMetrics } from './vector-metrics.ts';

export type { MetadataValue, VectorFilter, VectorMetadata, VectorRecord };

/** One result: `score` is the cosine, −1 to 1, within 0.01 where the index rounds its vectors. */
export type VectorHit = { readonly id: string; readonly score: number };

/** What a search found, and why it was slow: a reason where no index could be had, else null. */
export type SearchAnswer = {
  readonly hits: readonly VectorHit[];
  readonly degraded: string | null;
};

/** How to search. */
export type SearchOptions = {
  /** Results wanted, 1 to 1000; 10 where absent. */
  readonly k?: number;
  /** Looks only at vectors whose metadata match. */
  readonly filter?: VectorFilter;
  readonly signal?: AbortSignal;
};

/** What a collection is and does. */
export type CollectionReport = KeeperReport & {
  readonly name: string;
  readonly dimensions: number;
  /** Vectors in the store. */
  readonly vectors: number;
  /** Searches that were answered without an index, from the store. */
  readonly scans: number;
};

/** Times k that a search asks an index for before it reads the store. */
const firstFetch = 8;
const maxFetch = 4_096;
const noIndex =
  'The vector index cannot be had now; every stored vector was compared, exact and slow.';

/**
 * Vectors under ids of ours, found by cosine. The store is what is true; an index in the compute
 * process makes it fast. What a write was awaited for, the next search sees. Where the process cannot
 * be had, searches read the store: slow, exact, and counted in {@link describe}.
 */
export class VectorCollection implements AsyncResource {
  readonly #store: VectorStore;
  readonly #collection: CollectionRow;
  readonly #index: KeyedSearch;
  readonly #metrics: VectorMetrics;
  #scans = 0;

  /** @param index what searches the same collection */
  constructor(
    store: VectorStore,
    collection: CollectionRow,
    index: KeyedSearch,
    metrics: VectorMetrics,
  ) {
    this.#store = store;
    this.#collection = collection;
    this.#index = index;
    this.#metrics = metrics;
  }

  /** Whether the row is its own: a collection that was dropped and made anew has another one. */
  isOf({ id, dimensions }: CollectionRow): boolean {
    return this.#collection.id === id && this.#collection.dimensions === dimensions;
  }

  get name(): string {
    return this.#collection.name;
  }

  /** Inserts vectors. Throws `CONFLICT`, and inserts none, where an id is there already. */
  async add(records: readonly VectorRecord[]): Promise<void> {
    checkRecords(records, this.#collection.dimensions);
    this.#store.add(this.#collection.id, records);
    this.#metrics.wrote('stored', records.length);
    await this.#index.written([]);
  }

  /**
   * Inserts vectors, and replaces those whose ids are there; all or none. What `besides` writes to the
   * same store goes into the same transaction: a row and its vector are both there, or neither.
   */
  async upsert(records: readonly VectorRecord[], besides?: () => void): Promise<void> {
    checkRecords(records, this.#collection.dimensions);
    const { removed } = this.#store.upsert(this.#collection.id, records, besides);
    this.#metrics.wrote('stored', records.length);
    await this.#index.written(removed);
  }

  /** Deletes vectors; how many there were. */
  async remove(ids: readonly string[]): Promise<number> {
    const removed = this.#store.remove(this.#collection.id, ids);
    this.#metrics.wrote('removed', removed.length);
    await this.#index.written(removed);
    return removed.length;
  }

  /** A vector as it was put in, or null. */
  get(id: string): VectorRecord | null {
    return this.#store.get(this.#collection.id, id);
  }

  /** Vectors in the collection. */
  get size(): number {
    return this.#store.collections.find(this.name)?.size ?? 0;
  }

  /**
   * The vectors that are most like the query, best first: `k` of them, or all where there are fewer.
   * Fails with `INVALID_INPUT` for a query of other dimensions or with numbers that are not finite.
   */
  async search(query: Float32Array, options: SearchOptions = {}): Promise<readonly VectorHit[]> {
    return (await this.find(query, options)).hits;
  }

  /** Like {@link search}, and says where the index could not be had. */
  async find(query: Float32Array, options: SearchOptions = {}): Promise<SearchAnswer> {
    const { k = 10, filter, signal } = options;
    const { dimensions } = this.#collection;
    checkCount(k);
    if (query.length !== dimensions) {
      const message = `A query of this collection has ${dimensions} numbers, not ${query.length}.`;
      throw new OmegaError('INVALID_INPUT', message);
    }
    const unit = unitRows(query, dimensions);
    const answer = this.#metrics.searched(() => this.#search(unit, k, filter, signal));
    return untilAborted(answer, signal);
  }

  /** Searches for several queries, row after row; the results of each. */
  async searchMany(
    queries: Float32Array,
    options: SearchOptions = {},
  ): Promise<readonly (readonly VectorHit[])[]> {
    const { dimensions } = this.#collection;
    const unit = unitRows(queries, dimensions);
    return Promise.all(
      Array.from({ length: unit.length / dimensions }, (_, at) =>
        this.search(unit.subarray(at * dimensions, (at + 1) * dimensions), options),
      ),
    );
  }

  /** Which engine it has and why, with what was measured, and what goes on. */
  describe(): CollectionReport {
    const { name, dimensions } = this.#collection;
    return { ...this.#index.report(), name, dimensions, vectors: this.size, scans: this.#scans };
  }

  /** What its index is doing. */
  report(): KeeperReport {
    return this.#index.report();
  }

  /** Opens the index, as the first search does otherwise. */
  prepare(): Promise<void> {
    return this.#index.prepare();
  }

  /** Makes sure that the index is open, and waits for what goes on in the background. */
  ready(): Promise<void> {
    return this.#index.ready();
  }

  /** Writes the index to its file, so that the next start need not make it; the file's bytes. */
  save(): Promise<number | null> {
    return this.#index.save();
  }

  dispose(): Promise<void> {
    return this.#index.dispose();
  }

  async #search(
    unit: Float32Array<ArrayBuffer>,
    k: number,
    filter: VectorFilter | undefined,
    signal: AbortSignal | undefined,
  ): Promise<SearchAnswer & { readonly by: Answerer }> {
    let wanted = filter ? k * firstFetch : k;
    let degraded: string | null = null;
    for (;;) {
      const found = await this.#index.nearest(unit, wanted);
      if (found === null) {
        degraded = noIndex;
        break;
      }
      const hits = this.#hits(found, filter);
      if (hits.length >= k) return { by: 'index', hits: hits.slice(0, k), degraded };
      // Less than asked for: the index has no more, and what is missing is not in the store either.
      if (!filter && hits.length >= this.size) return { by: 'index', hits, degraded };
      if (wanted >= maxFetch) break;
      wanted = Math.min(maxFetch, wanted * firstFetch);
    }
    this.#scans += 1;
    const window = (after: number, upTo: number) =>
      this.#store.window(this.#collection, after, upTo, filter);
    const vectors = {
      dimensions: this.#collection.dimensions,
      keys: (after: number, limit: number) => this.#store.keys(this.#collection.id, after, limit),
    };
    const found = await scanStore(vectors, unit, { k, window, signal });
    return { by: 'store', hits: this.#hits(found, filter), degraded };
  }

  #hits(found: readonly ScoredKey[], filter: VectorFilter | undefined): VectorHit[] {
    const { id } = this.#collection;
    const keys = found.map(({ key }) => key);
    const live = this.#store.live(id, keys);
    if (live.length < keys.length) {
      const there = new Set(live.map(({ key }) => key));
      this.#index.forget(keys.filter((key) => !there.has(key)));
    }
    const matching = filter ? this.#store.liveMatching(id, keys, filter) : live;
    const scores = new Map(found.map(({ key, score }) => [key, score]));
    return matching.map(({ key, id }) => ({ id, score: scores.get(key) ?? 0 }));
  }
}
