import type { AsyncResource } from '#main/core/disposable.ts';
import type { VectorSource } from '#main/storage/vectors/vector-source.ts';
import { OmegaError } from '#shared/error.ts';
import { BestKeys } from '../engines/best-keys.ts';
import { scanInScript } from '../engines/scan-rows.ts';
import { IndexKeeper, type KeeperOptions, type KeeperReport } from './index-keeper.ts';
import type { IndexSource } from './remote-index.ts';
import type { ScoredKey } from './scan-store.ts';
import { SearchLine } from './search-line.ts';
import { unitRows } from './unit-rows.ts';

/** The index over one source of vectors, asked by key. What was written to the source, it finds. */
export class KeyedSearch implements AsyncResource {
  /** Numbers of a vector. */
  readonly dimensions: number;
  readonly #vectors: VectorSource;
  readonly #keeper: IndexKeeper;
  readonly #line: SearchLine;

  constructor(source: IndexSource, options: KeeperOptions) {
    this.#vectors = source.vectors;
    this.dimensions = source.vectors.dimensions;
    this.#keeper = new IndexKeeper(source, options);
    this.#line = new SearchLine(async (queries, k) => {
      const index = await this.#keeper.current();
      return index.search(queries, k);
    });
  }

  /**
   * The `k` keys whose vectors are most like the query, a vector of length 1, best first; null where
   * no index can be had now. One whose process died is tried once more.
   */
  async nearest(unit: Float32Array, k: number): Promise<readonly ScoredKey[] | null> {
    for (let tries = 2; tries > 0; tries -= 1) {
      try {
        const { keys, scores } = await this.#line.ask(unit, k);
        const found: ScoredKey[] = [];
        for (const [at, key] of keys.entries()) {
          if (key >= 0) found.push({ key, score: scores[at] ?? 0 });
        }
        return found;
      } catch (error) {
        if (!(error instanceof OmegaError) || error.code !== 'UNAVAILABLE') throw error;
      }
    }
    return null;
  }

  /** The `k` best of the vectors with these keys, compared one by one: exact, and without an index. */
  among(
    unit: Float32Array<ArrayBuffer>,
    wanted: readonly number[],
    k: number,
  ): readonly ScoredKey[] {
    const best = new BestKeys(k);
    const { keys, rows } = this.#vectors.rows(wanted);
    scanInScript(keys, unitRows(rows, this.dimensions), unit, this.dimensions, k, [best]);
    return best.scored();
  }

  /** Keys after a key, in order. */
  keysAfter(key: number, limit: number): readonly number[] {
    return this.#vectors.keys(key, limit);
  }

  /** The vectors with these keys, scaled to length 1; a key that is gone has none. */
  units(wanted: readonly number[]): ReadonlyMap<number, Float32Array<ArrayBuffer>> {
    const { keys, rows } = this.#vectors.rows(wanted);
    const unit = unitRows(rows, this.dimensions);
    const size = this.dimensions;
    return new Map([...keys].map((key, at) => [key, unit.slice(at * size, (at + 1) * size)]));
  }

  /** Brings in what was written; `removed` are keys that are gone. The source has it whatever comes of this. */
  async written(removed: readonly number[]): Promise<void> {
    await this.#keeper.written(removed).catch(() => undefined);
  }

  /** Like {@link written}, and costs nothing: the next search brings in what is new. */
  changed(removed: readonly number[] = []): void {
    this.#keeper.changed(removed);
  }

  /** Brings in what was written, where the index is open; it is opened by a search. */
  async settle(): Promise<void> {
    await this.#keeper.settle().catch(() => undefined);
  }

  /** Has keys left out of what is found. */
  forget(keys: readonly number[]): void {
    this.#keeper.forget(keys);
  }

  report(): KeeperReport {
    return this.#keeper.report();
  }

  /** Opens the index, as the first search does otherwise. */
  async prepare(): Promise<void> {
    await this.#keeper.current();
  }

  /** Makes sure that the index is open, and waits for what goes on in the background. */
  async ready(): Promise<void> {
    await this.#keeper.current();
    await this.#keeper.idle();
  }

  /** Writes the index to its file, so that the next start need not make it; the file's bytes. */
  save(): Promise<number | null> {
    return this.#keeper.save();
  }

  dispose(): Promise<void> {
    return this.#keeper.dispose();
  }
}
