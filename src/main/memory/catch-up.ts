import { setImmediate as breathe } from 'node:timers/promises';
import type { MemoryStore } from '#main/storage/memory/memory-store.ts';
import type { MemoryIndex } from './memory-index.ts';

/** After a write, in ms: what comes together is taken in together. */
const waitMs = 200;

/** Takes new memories into full text and index in the background, so that no query has to. */
export class CatchUp {
  readonly #store: MemoryStore;
  readonly #index: MemoryIndex;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> | null = null;
  #stopped = false;

  constructor(store: MemoryStore, index: MemoryIndex) {
    this.#store = store;
    this.#index = index;
  }

  /** Notes that something was written. */
  written(): void {
    if (this.#timer || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#working ??= this.#work().finally(() => {
        this.#working = null;
      });
    }, waitMs);
    this.#timer.unref();
  }

  /** Lets it begin again after {@link stop}. */
  start(): void {
    this.#stopped = false;
  }

  /** Ends once the group under way is done; what is left is taken in by whoever searches first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#working;
  }

  /** What fails here fails again, and is told, where it is waited for. */
  async #work(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#store.takeInText())) await breathe();
      if (!this.#stopped) await this.#index.settle();
    } catch {
      // The store is busy or the disk full; the next query tries again.
    }
  }
}
