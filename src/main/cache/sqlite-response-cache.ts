import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import type { ResponseRow, ResponseStore } from '#main/storage/response-store.ts';
import { storeError } from '#main/storage/store-error.ts';
import type { Config } from '#shared/config.ts';
import { CacheUpkeep, group } from './cache-upkeep.ts';
import { type HeldResponse, RecentResponses } from './recent-responses.ts';
import type {
  CachedResponse,
  CacheEntry,
  CacheOwner,
  CacheStats,
  KeptNote,
  ResponseCache,
} from './response-cache.ts';
import { heldOf, heldOfRow } from './response-rows.ts';
import { UseNotes } from './use-notes.ts';
import { WaitingEntries } from './waiting-entries.ts';

const hourMs = 3_600_000;

/** What a cache stands on. */
export type CacheOptions = {
  readonly store: ResponseStore;
  readonly settings: Live<Config['cache']>;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of each failure of the store; look-ups that meet one are misses. */
  readonly onError: (error: unknown) => void;
  /** Told that answers were kept whose requests were noted. */
  readonly onNoted?: () => void;
};

/**
 * Memory over SQLite. What other processes clear or replace raises a number in the store that every
 * look-up compares, so that memory never answers with what is gone. How long an answer is good is
 * judged when it is asked for: a shorter time to live acts at once.
 */
export class SqliteResponseCache implements ResponseCache, AsyncResource {
  readonly #options: CacheOptions;
  readonly #recent: RecentResponses;
  readonly #uses: UseNotes;
  readonly #waiting: WaitingEntries;
  readonly #upkeep: CacheUpkeep;
  readonly #stop: () => void;
  #generation = -1;
  #memoryHits = 0;
  #diskHits = 0;
  #misses = 0;

  constructor(options: CacheOptions) {
    const { store, settings, onError } = options;
    this.#options = options;
    this.#recent = new RecentResponses(settings.current.memoryMb * 1e6);
    this.#uses = new UseNotes(store, onError);
    this.#waiting = new WaitingEntries({
      store,
      onError,
      onKept: ({ before, after, noted }) => {
        this.#follow(before);
        this.#generation = after;
        if (noted > 0) options.onNoted?.();
        if (store.totals().bytes > this.#maxBytes()) this.#upkeep.wake();
      },
    });
    this.#upkeep = new CacheUpkeep({
      store,
      onError,
      maxBytes: () => this.#maxBytes(),
      expiredBefore: () => this.#expiredBefore(),
      noteUses: () => this.#uses.flush(),
    });
    this.#stop = settings.listen(({ memoryMb }) => {
      this.#recent.maxBytes = memoryMb * 1e6;
      this.#upkeep.wake();
    });
    try {
      this.#generation = store.generation();
    } catch (error) {
      onError(error);
    }
    this.#upkeep.wake();
  }

  async get(key: string): Promise<CachedResponse | null> {
    return this.#safely(null, () => {
      this.#follow(this.#options.store.generation());
      return this.#remembered(key) ?? this.#read(key, this.#options.store.get(key));
    });
  }

  async getMany(keys: readonly string[]): Promise<readonly (CachedResponse | null)[]> {
    return this.#safely(
      keys.map(() => null),
      () => {
        this.#follow(this.#options.store.generation());
        const found = keys.map((key) => this.#remembered(key));
        const missing = keys.filter((_, at) => found[at] === null);
        if (missing.length === 0) return found;
        const rows = this.#options.store.getMany(missing).values();
        return keys.map((key, at) => found[at] ?? this.#read(key, rows.next().value ?? null));
      },
    );
  }

  /** What is kept under a key, for a person to look at: no hit, no miss and no use. */
  peek(key: string): CachedResponse | null {
    this.#waiting.flush();
    const row = this.#options.store.get(key);
    const held = row === null ? null : heldOfRow(row);
    return held && this.#isGood(held) ? held.response : null;
  }

  /** Takes back what a person accepted under a key; whether there was any. Throws where it cannot. */
  forgetAccepted(key: string): boolean {
    this.#waiting.flush();
    this.#recent.delete(key);
    return this.#options.store.removeAccepted(key);
  }

  set(key: string, owner: CacheOwner, response: CachedResponse, note?: KeptNote): Promise<void> {
    return this.setMany([{ key, owner, response, ...(note ? { note } : {}) }]);
  }

  setMany(entries: readonly CacheEntry[]): Promise<void> {
    const now = this.#options.clock.now();
    const held = entries.map((entry) => ({
      entry,
      held: heldOf(entry.response, now, entry.note),
    }));
    // One that is larger than all that may be kept would push out everything and itself.
    const fitting = held.filter((one) => one.held.bytes <= this.#maxBytes());
    for (const { entry, held: one } of fitting) this.#recent.set(entry.key, one);
    return this.#waiting.add(fitting);
  }

  async clear(owner: Partial<CacheOwner>): Promise<number> {
    try {
      this.#waiting.flush();
      const remove = this.#options.store.clearing(owner);
      let removed = 0;
      for (let count = 1; count > 0; removed += count) {
        count = remove(group);
        await turn();
      }
      return removed;
    } catch (error) {
      this.#options.onError(error);
      throw storeError(error);
    }
  }

  async stats(): Promise<CacheStats> {
    this.#waiting.flush();
    const { entries, bytes } = this.#options.store.totals();
    return {
      entries,
      bytes,
      memoryEntries: this.#recent.entries,
      memoryBytes: this.#recent.bytes,
      memoryHits: this.#memoryHits,
      diskHits: this.#diskHits,
      misses: this.#misses,
      ...this.#upkeep.counts,
    };
  }

  /** Resolves when what is due has been removed. */
  settled(): Promise<void> {
    return this.#upkeep.settled();
  }

  async dispose(): Promise<void> {
    this.#stop();
    this.#waiting.flush();
    await this.#upkeep.dispose();
    this.#uses.dispose();
  }

  /** Forgets what is held where another process cleared or replaced something since. */
  #follow(generation: number): void {
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#recent.clear();
  }

  #remembered(key: string): CachedResponse | null {
    const held = this.#recent.get(key) ?? this.#waiting.get(key);
    if (held === null || !this.#isGood(held)) return null;
    this.#memoryHits += 1;
    this.#uses.note(key, this.#options.clock.now());
    return held.response;
  }

  #read(key: string, row: ResponseRow | null): CachedResponse | null {
    const held = row === null ? null : heldOfRow(row);
    if (row !== null && held === null) this.#options.store.remove(key);
    if (held === null || !this.#isGood(held)) {
      this.#misses += 1;
      return null;
    }
    this.#diskHits += 1;
    this.#recent.set(key, held);
    this.#uses.note(key, this.#options.clock.now());
    return held.response;
  }

  #isGood({ madeAt }: HeldResponse): boolean {
    return madeAt > this.#expiredBefore();
  }

  #expiredBefore(): number {
    return this.#options.clock.now() - this.#options.settings.current.ttlHours * hourMs;
  }

  #maxBytes(): number {
    return this.#options.settings.current.maxMb * 1e6;
  }

  #safely<T>(otherwise: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#options.onError(error);
      this.#misses += Array.isArray(otherwise) ? otherwise.length : 1;
      return otherwise;
    }
  }
}
