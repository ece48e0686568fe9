/** Longest that work goes on without letting the window paint and requests in, in ms. */
const shareMs = 8;

/**
 * Watches how long this turn of the event loop has been at work, and has what is to come wait for
 * later turns once that was too long. Work that waits for others costs nothing by it.
 */
export class ThreadShare {
  #since: number | null = null;
  readonly #waiting: (() => void)[] = [];

  /** Whether this turn has been at work for too long. */
  get isHeld(): boolean {
    return performance.now() - this.#begun() > shareMs;
  }

  /** Calls `fn` soon: still in this turn, or in a later one where this one was too long. */
  soon(fn: () => void): void {
    if (!this.isHeld) queueMicrotask(fn);
    else this.later(fn);
  }

  /** Calls `fn` in a later turn, in which nothing else of those that wait is called. */
  later(fn: () => void): void {
    this.#waiting.push(fn);
    if (this.#waiting.length === 1) setImmediate(() => this.#release());
  }

  /** Waits for a later turn where this one was too long: for work in the middle of what holds the thread. */
  async breathe(): Promise<void> {
    if (this.isHeld) await new Promise<void>((resolve) => this.later(resolve));
  }

  #release(): void {
    this.#begun();
    const fn = this.#waiting.shift();
    // All at once would hold the thread as long as if none had waited.
    if (this.#waiting.length > 0) setImmediate(() => this.#release());
    fn?.();
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
