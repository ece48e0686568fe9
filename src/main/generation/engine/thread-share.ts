/** Longest that work goes on without letting the window paint and requests in, in ms. */
const shareMs = 8;

/**
 * Watches how long this turn of the event loop has been at work, and has what is to come wait for the
 * next turn once that was too long. Work that waits for others costs nothing by it.
 */
export class ThreadShare {
  #since: number | null = null;

  /** Whether this turn has been at work for too long. */
  get isHeld(): boolean {
    const now = performance.now();
    if (this.#since !== null) return now - this.#since > shareMs;
    this.#since = now;
    setImmediate(() => {
      this.#since = null;
    });
    return false;
  }

  /** Calls `fn` soon: still in this turn, or in the next where this one was too long. */
  soon(fn: () => void): void {
    if (this.isHeld) setImmediate(fn);
    else queueMicrotask(fn);
  }
}
