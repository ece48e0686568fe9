import { availableParallelism } from 'node:os';
import type { AsyncResource } from '#main/core/disposable.ts';
import { fixed, type Live } from '#main/core/live.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { CollectionSource } from '#main/storage/vectors/collection-source.ts';
import type { VectorSource } from '#main/storage/vectors/vector-source.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import type { DeviceName } from '#shared/devices.ts';
import { OmegaError } from '#shared/error.ts';
import type { Health } from '#shared/health.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import { type EngineRecord, parseRecord } from './choice/engine-record.ts';
import { type IndexSetting, ownIndex } from './choice/index-setting.ts';
import { type EngineSetting, exactBelow } from './choice/what-to-do.ts';
import { KeyedSearch } from './collection/keyed-search.ts';
import { sweepSnapshots } from './collection/snapshot.ts';
import { maxDimensions } from './index/index-messages.ts';
import { VectorCollection } from './vector-collection.ts';
import { VectorMetrics } from './vector-metrics.ts';
import { VectorProcess } from './vector-process.ts';
import { type TrialsOptions, VectorTrials } from './vector-trials.ts';

/** What vectors are searched with. */
export type VectorIndexOptions = {
  readonly spawn: SpawnCompute;
  readonly store: VectorStore;
  /** Absolute folder for the files that indexes are kept in between starts; made when needed. */
  readonly folder: string;
  readonly engine: Live<EngineSetting>;
  /** What graph engines are made with; left to the engines where absent. */
  readonly graph?: Live<IndexSetting>;
  /** The GPU that was found to work, or null; asked when an engine is to be chosen. */
  readonly gpu?: () => Promise<DeviceName | null>;
  /** Where counters are kept; a registry of its own where absent. Takes one index only. */
  readonly metrics?: Metrics;
};

/** A collection, and what its engine was chosen by. */
export type LargestCollection = {
  readonly name: string;
  readonly size: number;
  readonly record: EngineRecord;
};

/** What a compute process takes before it holds a vector, in MB. */
const processMb = 80;

/** The collections of vectors, all in one compute process, which starts with the first search. */
export class VectorIndex implements AsyncResource {
  readonly #options: VectorIndexOptions;
  readonly #process: VectorProcess;
  readonly #metrics: VectorMetrics;
  readonly #open = new Map<string, VectorCollection>();
  readonly #over = new Map<string, { source: VectorSource; index: KeyedSearch }>();

  constructor(options: VectorIndexOptions) {
    this.#options = options;
    this.#process = new VectorProcess(options.spawn);
    this.#metrics = new VectorMetrics(options.metrics ?? createMetrics());
  }

  /** The id of the compute process that runs now. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Opens a collection, made where there is none. Throws `CONFLICT` where it has other dimensions. */
  open(name: string, dimensions: number): VectorCollection {
    const here = this.#open.get(name);
    const inRange = Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= maxDimensions;
    if (!/^[\w.:-]{1,128}$/.test(name) || !inRange) {
      const message = `A collection has a name of letters, digits and "._:-", and 1 to ${maxDimensions} dimensions.`;
      throw new OmegaError('INVALID_INPUT', message);
    }
    const { store } = this.#options;
    const collection = store.collections.open(name, dimensions);
    if (here?.isOf(collection)) return here;
    // It was dropped and made anew, by another process or while it was being dropped here.
    void here?.dispose();
    const index = this.#search(new CollectionSource(store, collection));
    const opened = new VectorCollection(store, collection, index, this.#metrics);
    this.#open.set(name, opened);
    return opened;
  }

  /**
   * Opens an index over vectors that another store keeps, such as those of memories. Its source has a
   * name that {@link open} refuses; one source has one index, and a new one of that name takes its place.
   */
  openOver(source: VectorSource): KeyedSearch {
    const here = this.#over.get(source.name);
    if (here?.source === source) return here.index;
    // Its store was closed and opened again.
    void here?.index.dispose().catch(() => undefined);
    const index = this.#search(source);
    this.#over.set(source.name, { source, index });
    return index;
  }

  #indexes(): readonly KeyedSearch[] {
    return [...this.#over.values()].map(({ index }) => index);
  }

  #search(vectors: VectorSource): KeyedSearch {
    const { store, folder, engine, graph = fixed(ownIndex) } = this.#options;
    const { gpu = async () => null } = this.#options;
    if (this.#open.size + this.#over.size === 0) sweepSnapshots(folder, store);
    const threads = availableParallelism();
    const source = { process: this.#process, vectors, threads, gpu };
    return new KeyedSearch(source, { folder, setting: engine, graph });
  }

  /** Megabytes that the indexes of all collections take, about. */
  get expectedMb(): number {
    const kept = this.#options.store.collections.all();
    const over = [...this.#over.values()].map(({ source: one }) => ({
      dimensions: one.dimensions,
      size: one.size(),
    }));
    const all = [...kept, ...over];
    const bytes = all.reduce((sum, { size, dimensions }) => sum + size * dimensions * 4, 0);
    return bytes === 0 && kept.length === 0 ? 0 : processMb + Math.ceil(bytes / 1e6);
  }

  /** How searches are answered: degraded where an index could not be had or made anew. */
  get health(): Health {
    const part = 'vector search';
    if (this.#process.restsForMs() > 0) {
      const reason = 'The index keeps dying; searches read the store, exact and slow.';
      return { part, status: 'degraded', reason };
    }
    const all = [...this.#open.values(), ...this.#indexes()];
    const problems = all.flatMap((one) => one.report().problem ?? []);
    if (problems[0]) return { part, status: 'degraded', reason: problems[0] };
    if (this.pid === undefined) {
      return { part, status: 'unknown', reason: 'Nothing was searched by vector yet.' };
    }
    return { part, status: 'healthy', reason: null };
  }

  /** Opens the index of every collection, so that no search has to. Fails with `CANCELLED`. */
  async openAll(signal: AbortSignal): Promise<void> {
    for (const { name, dimensions } of this.#options.store.collections.all()) {
      await untilAborted(this.open(name, dimensions).prepare(), signal);
    }
    for (const index of this.#indexes()) await untilAborted(index.prepare(), signal);
  }

  /** The collection with most vectors, as the store has it; null where there is none. */
  largest(): LargestCollection | null {
    const source = this.#largest();
    if (!source) return null;
    return { name: source.name, size: source.size(), record: parseRecord(source.record().choice) };
  }

  #largest(): VectorSource | null {
    const { store } = this.#options;
    const kept = store.collections.all().map((one) => new CollectionSource(store, one));
    const over = [...this.#over.values()].map(({ source }) => source);
    return [...kept, ...over].sort((a, b) => b.size() - a.size())[0] ?? null;
  }

  /**
   * Opens the vectors of the largest collection to try engines with, in a process of its own. Fails
   * with `NOT_AVAILABLE` where there are too few for an engine to matter.
   */
  openTrials(options: TrialsOptions, signal: AbortSignal): Promise<VectorTrials> {
    const { spawn } = this.#options;
    const largest = this.#largest();
    if (largest && largest.size() >= exactBelow) {
      return VectorTrials.open(spawn, largest, options, signal);
    }
    const message = `The largest collection has ${largest?.size() ?? 0} vectors; below ${exactBelow} all of them are compared, and there is nothing to tune.`;
    return Promise.reject(new OmegaError('NOT_AVAILABLE', message));
  }

  /** Has indexes opened anew in another process: the one that runs does not answer any more. */
  renew(): void {
    this.#process.renew();
  }

  /** Deletes a collection with its vectors; whether it was there. */
  async drop(name: string): Promise<boolean> {
    const here = this.#open.get(name);
    this.#open.delete(name);
    await here?.dispose();
    return this.#options.store.collections.drop(name);
  }

  /** Saves indexes that changed, and ends the process. */
  async dispose(): Promise<void> {
    const open = [...this.#open.values(), ...this.#indexes()];
    this.#open.clear();
    this.#over.clear();
    await Promise.all(open.map((one) => one.dispose()));
    this.#process.dispose();
  }
}
