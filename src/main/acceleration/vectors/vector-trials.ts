import { availableParallelism } from 'node:os';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { seededRandom } from '#main/core/random.ts';
import type { KeyedRows } from '#main/storage/vectors/vector-rows.ts';
import type { VectorSource } from '#main/storage/vectors/vector-source.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import { type EngineRecord, parseRecord } from './choice/engine-record.ts';
import { RemoteIndex } from './collection/remote-index.ts';
import { readRows, sampleKeys } from './collection/sample-keys.ts';
import type { EngineChoice } from './engines/vector-engine.ts';
import type { IndexFigures } from './index/recall-probe.ts';
import { VectorProcess } from './vector-process.ts';

/**
 * Indexes that stay open: another effort of one of them needs no other index, and what is compared in
 * turn at the end of a search (six, and what is in force) is not made anew in each round.
 */
const keptOpen = 7;
/** A candidate may take the process down; the next one is not to wait for that. */
const neverRests = { limit: Number.MAX_SAFE_INTEGER, windowMs: 1, restMs: 1, backoffMs: 0 };

/** How much is tried with. */
export type TrialsOptions = {
  readonly rows: number;
  /** Queries of each of both parts: one to search with, one to judge by. */
  readonly probes: number;
  /** The same seed draws the same vectors. */
  readonly seed: number;
};

/**
 * Engines tried on vectors of a collection: some are asked for, and are not among those that are
 * searched. The process is one of its own, so that what a candidate breaks is nobody's.
 */
export class VectorTrials implements AsyncResource {
  /** What is tried with, in words. */
  readonly about: string;
  /** What the collection has now. */
  readonly record: EngineRecord;
  readonly #process: VectorProcess;
  readonly #source: VectorSource;
  readonly #rows: KeyedRows;
  readonly #probes: KeyedRows;
  readonly #open = new Map<string, Promise<RemoteIndex>>();

  private constructor(
    process: VectorProcess,
    source: VectorSource,
    rows: KeyedRows,
    probes: KeyedRows,
  ) {
    this.#process = process;
    this.#source = source;
    this.#rows = rows;
    this.#probes = probes;
    this.record = parseRecord(source.record().choice);
    this.about = `${rows.keys.length} of ${source.size()} vectors of ${source.name}, ${probes.keys.length / 2} queries`;
  }

  /** Draws the vectors. Nothing is started before the first measurement. */
  static async open(
    spawn: SpawnCompute,
    source: VectorSource,
    { rows, probes, seed }: TrialsOptions,
    signal: AbortSignal,
  ): Promise<VectorTrials> {
    const keys = await sampleKeys(source, rows + 2 * probes, signal, seededRandom(seed));
    const asked = 2 * Math.min(probes, Math.floor(keys.length / 10));
    return new VectorTrials(
      new VectorProcess(spawn, neverRests),
      source,
      await readRows(source, keys.slice(asked)),
      await readRows(source, keys.slice(0, asked)),
    );
  }

  /**
   * Measures an engine at an effort (null is its own), with the first or the second half of the
   * queries. Fails with `UNAVAILABLE` where it is not to be had, or takes its process down.
   */
  async measure(
    choice: EngineChoice,
    effort: number | null,
    half: 'first' | 'second',
    signal: AbortSignal,
  ): Promise<IndexFigures> {
    throwIfCancelled(signal);
    const middle = this.#probes.keys.length / 2;
    // Who is cancelled leaves a thread busy that nobody waits for any more.
    const renew = (): void => this.#process.renew();
    signal.addEventListener('abort', renew, { once: true });
    try {
      const index = await this.#index(choice, signal);
      const [from, upTo] = half === 'first' ? [0, middle] : [middle, 2 * middle];
      return await index.measureAt(effort, from, upTo, signal);
    } catch (error) {
      throwIfCancelled(signal);
      throw error;
    } finally {
      signal.removeEventListener('abort', renew);
    }
  }

  dispose(): void {
    this.#process.dispose();
  }

  async #index(choice: EngineChoice, signal: AbortSignal): Promise<RemoteIndex> {
    const name = JSON.stringify(choice);
    const known = await this.#open.get(name)?.catch(() => null);
    this.#open.delete(name);
    const opening = known && !known.gone ? Promise.resolve(known) : this.#build(choice, signal);
    // Last in the map is the latest that was used.
    this.#open.set(name, opening);
    const [oldest] = this.#open.keys();
    if (this.#open.size > keptOpen && oldest !== undefined) {
      const left = this.#open.get(oldest);
      this.#open.delete(oldest);
      left?.then((index) => index.close()).catch(() => undefined);
    }
    return opening;
  }

  async #build(choice: EngineChoice, signal: AbortSignal): Promise<RemoteIndex> {
    const source = {
      process: this.#process,
      vectors: this.#source,
      threads: availableParallelism(),
      gpu: async () => null,
    };
    const index = await RemoteIndex.open(source, choice, { heldOut: this.#probes });
    await index.add(this.#rows);
    await index.merge(signal);
    return index;
  }
}
