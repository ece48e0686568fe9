import type { MemoryStore } from '#main/storage/memory/memory-store.ts';

/** Longest that a recall waits to be written, in ms. */
const waitMs = 1_000;
/** Memories whose recalls are written at once. */
const most = 2_000;

/** Notes recalls in groups: a write for each query would cost more than the query. */
export class Touches {
  readonly #store: MemoryStore;
  #pending = new Map<number, { count: number; at: number }>();
  #oldest = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  /** Whether the last write failed; then it is tried again in the background alone. */
  #failed = false;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  /** Notes that memories were recalled now. */
  add(keys: readonly number[], now: number): void {
    this.#oldest = Math.min(this.#oldest, now);
    for (const key of keys) {
      const known = this.#pending.get(key);
      this.#pending.set(key, {
        count: (known?.count ?? 0) + 1,
        at: Math.max(known?.at ?? now, now),
      });
    }
    this.#timer ??= setTimeout(() => this.#flushLater(), this.#pending.size >= most ? 0 : waitMs);
    this.#timer.unref();
  }

  /** Writes what was noted so long ago that a query could miss it; no read fails for it. */
  async flushDue(now: number): Promise<void> {
    if (now - this.#oldest >= waitMs) await this.flushForRead();
  }

  /** Writes what was noted, where the store takes it: a full disk keeps nobody from reading. */
  async flushForRead(): Promise<void> {
    if (!this.#failed) await this.#flushLater();
  }

  /** Writes what was noted. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending.size === 0) return;
    const pending = this.#pending;
    this.#pending = new Map();
    this.#oldest = Number.POSITIVE_INFINITY;
    try {
      await this.#store.touch([...pending].map(([key, { count, at }]) => ({ key, count, at })));
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      // Busy, or the disk is full: for another time.
      for (const [key, { count, at }] of pending) {
        const since = this.#pending.get(key);
        this.#pending.set(key, { count: count + (since?.count ?? 0), at: since?.at ?? at });
      }
      throw error;
    }
  }

  async #flushLater(): Promise<void> {
    try {
      await this.flush();
    } catch {
      this.#timer ??= setTimeout(() => this.#flushLater(), waitMs * 10).unref();
    }
  }
}
