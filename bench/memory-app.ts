import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { KeyedSearch } from '#main/acceleration/vectors/collection/keyed-search.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { Memories } from '#main/memory/memories.ts';
import { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';
import { modelsFolder } from './corpus.ts';
import type { MemoryCorpus } from './memory-corpus.ts';

const root = join(import.meta.dirname, '..');
/** Memories of one call. */
const batch = 500;

/** What it stores; a process that stores nothing needs the dimensions alone. */
type MemoryTexts = Pick<MemoryCorpus, 'dimensions' | 'texts' | 'vectors'>;

/** The app's own memory with all that a real one has: store, model, index in its process. */
export class MemoryApp {
  readonly memories: Memories;
  /** The same memories where no text can be embedded: found by words alone. */
  readonly byWords: Memories;
  /** Its data; it goes with {@link dispose}, and stays with {@link close}. */
  readonly folder: string;
  readonly #texts: MemoryTexts;
  readonly #storage: Storage;
  readonly #acceleration: Acceleration;
  readonly #index: KeyedSearch;
  #stored: number;
  #closed: Promise<void> | null = null;

  /** Opens what is in a folder, or begins in a new one, with a clock so many ms ahead. */
  constructor(
    texts: MemoryTexts,
    { folder = mkdtempSync(join(tmpdir(), 'omega-bench-')), aheadMs = 0 } = {},
  ) {
    this.#texts = texts;
    this.folder = folder;
    const clock = { now: () => Date.now() + aheadMs, id: () => systemClock.id() };
    this.#storage = new Storage(folder, clock);
    this.#stored = this.#storage.memories.lastKey();
    this.#acceleration = new Acceleration({
      spawn: forkCompute(join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')),
      modelsFolder,
      settings: fixed(configDefaults.acceleration),
      vectors: { store: this.#storage.vectors, folder: join(this.folder, 'indexes') },
    });
    const index = this.#acceleration.vectors?.openOver(
      this.#storage.memories.vectors(texts.dimensions),
    );
    if (!index) throw new Error('Acceleration was opened without vectors.');
    this.#index = index;
    const options = {
      store: this.#storage.memories,
      vectors: index,
      settings: fixed(configDefaults.memory),
      clock,
      emit: () => undefined,
    };
    this.memories = new Memories({
      ...options,
      embed: (text, signal) => this.#acceleration.embedText(text, signal),
    });
    this.byWords = new Memories({
      ...options,
      embed: () => Promise.reject(new Error('switched off')),
    });
  }

  /** Memories that were ever stored in its folder. */
  get stored(): number {
    return this.#stored;
  }

  /** The memory of the corpus' text at a place; importance differs, so that there is something to order. */
  memory(at: number) {
    const { texts, vectors, dimensions } = this.#texts;
    const row = at % texts.length;
    return {
      tier: 'episodic' as const,
      text: texts[row] ?? '',
      embedding: vectors.subarray(row * dimensions, (row + 1) * dimensions),
      importance: ((at * 7) % 100) / 100,
    };
  }

  /** Stores texts of the corpus until there are so many memories, and waits for the index. */
  async fill(upTo: number): Promise<void> {
    for (; this.#stored < upTo; this.#stored += batch) {
      const count = Math.min(batch, upTo - this.#stored);
      const many = Array.from({ length: count }, (_, at) => this.memory(this.#stored + at));
      await this.memories.storeMany(many);
    }
    await this.ready();
  }

  /** Ends when the index has all that is stored. */
  async ready(): Promise<void> {
    await this.#index.ready();
    await this.#index.ready();
  }

  /** Brings the log into the file, so that what is measured next begins with an empty one. */
  checkpoint(): void {
    const db = new Sqlite(join(this.folder, 'omega.db'));
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  }

  /** Embeds a text, so that the first that is measured does not open the model. */
  async warmUp(): Promise<void> {
    await this.#acceleration.open(AbortSignal.timeout(120_000));
  }

  /** Which engine the index has. */
  get engine(): string {
    return Object.values(this.#index.report().record.choice).join(' ');
  }

  /** Ends, and leaves its data for the next. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.memories.stop();
    await this.byWords.stop();
    await this.#acceleration.dispose();
    this.#storage.dispose();
  }

  async dispose(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
