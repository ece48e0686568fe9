/** Longest that work goes on without letting the window paint and requests in, in ms. */
const shareMs = 8;

/**
 * Watches how long this turn of the event loop has been at work, and has what is to come wait for a
 * later turn once that was too long. Work that waits for others costs nothing by it.
 */
export class ThreadShare {
  #since: number | null = null;
  readonly #waiting: (() => void)[] = [];

  /** Whether this turn has been at work for too long. */
  get isHeld(): boolean {
    return performance.now() - this.#begun() > shareMs;
  }

  /** Calls `fn` soon, in the order of the calls: in this turn, or in a later one where this was too long. */
  soon(fn: () => void): void {
    this.#waiting.push(fn);
    if (this.#waiting.length === 1) this.#schedule();
  }

  /** Waits for its turn: for work that holds the thread for a while right after. */
  breathe(): Promise<void> {
    return new Promise((resolve) => this.soon(resolve));
  }

  #schedule(): void {
    const release = (): void => this.#release();
    if (this.isHeld) setImmediate(release);
    else queueMicrotask(release);
  }

  /** Calls one, and looks at the time again only when what that one began has been at work. */
  #release(): void {
    this.#begun();
    try {
      this.#waiting[0]?.();
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) queueMicrotask(() => this.#schedule());
    }
  }

  /** When this turn was first looked at. */
  #begun(): number {
    if (this.#since === null) {
      this.#since = performance.now();
      setImmediate(() => {
        this.#since = null;
      });
    }
    return this.#since;
  }
}
