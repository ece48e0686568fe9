import type { ResponseStore } from '#main/storage/response-store.ts';
import type { HeldResponse } from './recent-responses.ts';
import type { CacheEntry } from './response-cache.ts';
import { rowOf } from './response-rows.ts';

/** An entry on its way to the disk. */
export type WaitingEntry = { readonly entry: CacheEntry; readonly held: HeldResponse };

/** What {@link WaitingEntries} stand on. */
export type WaitingOptions = {
  readonly store: ResponseStore;
  /** Told after each group, with the generation of the store before and after it. */
  readonly onKept: (generation: { readonly before: number; readonly after: number }) => void;
  readonly onError: (error: unknown) => void;
};

/** Keeps what is set in one turn of the event loop in one transaction: a commit costs as much as ten rows. */
export class WaitingEntries {
  readonly #options: WaitingOptions;
  #waiting: WaitingEntry[] = [];
  #ends: (() => void)[] = [];

  constructor(options: WaitingOptions) {
    this.#options = options;
  }

  /** Resolves when they are kept, or cannot be. */
  add(entries: readonly WaitingEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(...entries);
    return new Promise((end) => this.#ends.push(end));
  }

  /** Keeps what waits, now. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const [waiting, ends] = [this.#waiting, this.#ends];
    this.#waiting = [];
    this.#ends = [];
    const { store, onKept, onError } = this.#options;
    try {
      onKept(store.put(waiting.map(({ entry, held }) => rowOf(entry, held))));
    } catch (error) {
      onError(error);
    }
    for (const end of ends) end();
  }
}
