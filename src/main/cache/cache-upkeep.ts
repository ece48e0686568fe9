import { setImmediate as turn } from 'node:timers/promises';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { ResponseStore } from '#main/storage/response-store.ts';

/** Rows that one step removes: some milliseconds, after which others have their turn. */
export const group = 64;
/** How often what has expired is looked for, in ms. */
const everyMs = 600_000;
/** Down to which share of its size a cache that is too large is brought, so that it stays below for a while. */
const low = 0.9;

/** What {@link CacheUpkeep} keeps in order. Functions are asked again before each group. */
export type UpkeepOptions = {
  readonly store: ResponseStore;
  readonly maxBytes: () => number;
  /** What was made at this time or before has expired, in ms since 1970. */
  readonly expiredBefore: () => number;
  /** Writes down which were used, before the least used are looked for. */
  readonly noteUses: () => void;
  readonly onError: (error: unknown) => void;
};

/**
 * Removes in the background what has expired and what is too much, the least used first, a group at
 * a time: whoever keeps an answer never waits for it.
 */
export class CacheUpkeep implements AsyncResource {
  readonly #options: UpkeepOptions;
  readonly #timer: NodeJS.Timeout;
  #work: Promise<void> | null = null;
  #isWanted = false;
  #hasEnded = false;
  #evicted = 0;
  #expired = 0;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.wake(), everyMs).unref();
  }

  /** How many went since the start. */
  get counts(): { readonly evicted: number; readonly expired: number } {
    return { evicted: this.#evicted, expired: this.#expired };
  }

  /** Has it look soon; many calls at once are one look. */
  wake(): void {
    if (this.#hasEnded) return;
    this.#isWanted = true;
    this.#work ??= this.#run().finally(() => {
      this.#work = null;
      if (this.#isWanted) this.wake();
    });
  }

  /** Resolves when nothing is left to do. */
  async settled(): Promise<void> {
    while (this.#work) await this.#work;
  }

  async dispose(): Promise<void> {
    this.#hasEnded = true;
    clearInterval(this.#timer);
    await this.settled();
  }

  async #run(): Promise<void> {
    const { store, expiredBefore, onError } = this.#options;
    await turn();
    this.#isWanted = false;
    try {
      this.#expired += await this.#inGroups(() => store.expire(expiredBefore(), group));
      this.#options.noteUses();
      if (store.totals().bytes <= this.#options.maxBytes()) return;
      this.#evicted += await this.#inGroups(() => {
        const over = store.totals().bytes - this.#options.maxBytes() * low;
        return over > 0 ? store.evict(over, group) : 0;
      });
    } catch (error) {
      onError(error);
    }
  }

  async #inGroups(remove: () => number): Promise<number> {
    let all = 0;
    for (let count = 1; count > 0 && !this.#hasEnded; all += count) {
      count = remove();
      if (count > 0) await turn();
    }
    return all;
  }
}
