import type { ResponseStore } from '#main/storage/response-store.ts';
import type { HeldResponse } from './recent-responses.ts';
import type { CacheEntry } from './response-cache.ts';
import { noteRowOf, rowOf } from './response-rows.ts';

/** An entry on its way to the disk. */
export type WaitingEntry = { readonly entry: CacheEntry; readonly held: HeldResponse };

/** What {@link WaitingEntries} stand on. */
export type WaitingOptions = {
  readonly store: ResponseStore;
  /** Told after each group: the generation of the store before and after it, and how many have a note. */
  readonly onKept: (kept: {
    readonly before: number;
    readonly after: number;
    readonly noted: number;
  }) => void;
  readonly onError: (error: unknown) => void;
};

/** How long entries are gathered, in ms, and how many at most. */
const gatherMs = 20;
const most = 32;

/**
 * Keeps what is set within some milliseconds in one transaction: a commit costs as much as ten rows,
 * and so does what the store has to copy after each hundred of them.
 */
export class WaitingEntries {
  readonly #options: WaitingOptions;
  #waiting = new Map<string, WaitingEntry>();
  #ends: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(options: WaitingOptions) {
    this.#options = options;
  }

  /** What waits under a key. */
  get(key: string): HeldResponse | null {
    return this.#waiting.get(key)?.held ?? null;
  }

  /** Resolves when they are kept, or cannot be. */
  add(entries: readonly WaitingEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    for (const entry of entries) this.#waiting.set(entry.entry.key, entry);
    const kept = new Promise<void>((end) => this.#ends.push(end));
    if (this.#waiting.size >= most) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), gatherMs);
    return kept;
  }

  /** Keeps what waits, now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.size === 0) return;
    const [waiting, ends] = [[...this.#waiting.values()], this.#ends];
    this.#waiting = new Map();
    this.#ends = [];
    const { store, onKept, onError } = this.#options;
    try {
      const rows = waiting.map(({ entry, held }) => rowOf(entry, held));
      const notes = waiting.flatMap(({ entry }) => noteRowOf(entry) ?? []);
      onKept({ ...store.put(rows, notes), noted: notes.length });
    } catch (error) {
      onError(error);
    }
    for (const end of ends) end();
  }
}
