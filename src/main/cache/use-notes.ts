import type { AsyncResource } from '#main/core/disposable.ts';
import type { ResponseStore } from '#main/storage/response-store.ts';

/** How long uses are gathered before they are written, in ms, and how many at most. */
const gatherMs = 1_000;
const most = 1_000;

/** Writes down when answers were used, a group in one transaction: a hit writes nothing. */
export class UseNotes implements AsyncResource {
  readonly #store: ResponseStore;
  readonly #onError: (error: unknown) => void;
  readonly #uses = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(store: ResponseStore, onError: (error: unknown) => void) {
    this.#store = store;
    this.#onError = onError;
  }

  /** `at` in ms since 1970. */
  note(key: string, at: number): void {
    this.#uses.set(key, at);
    if (this.#uses.size >= most) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), gatherMs).unref();
  }

  /** Writes what was gathered; what cannot be written is lost, and only the order of going suffers. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#uses.size === 0) return;
    try {
      this.#store.touch(this.#uses);
    } catch (error) {
      this.#onError(error);
    }
    this.#uses.clear();
  }

  dispose(): void {
    this.flush();
  }
}
