/** Time for a batcher, injected so that a test can hold it still. */
export type BatchClock = {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls `then` when everything that is ready now has run. */
  soon(then: () => void): void;
  /** Calls `then` in `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, then: () => void): () => void;
};

/** The machine's clock. Its timers keep no process alive. */
export const machineBatchClock: BatchClock = {
  now: () => performance.now(),
  soon: (then) => void setImmediate(then),
  after: (ms, then) => {
    const timer = setTimeout(then, ms).unref();
    return () => clearTimeout(timer);
  },
};
