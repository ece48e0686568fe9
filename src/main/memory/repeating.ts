/** Longest that a timer can wait at once, in ms; Node takes more for none. */
const longestTimer = 2 ** 31 - 1;

/** Does work again and again, `everyMs` after it ended; a new period counts from now. */
export class Repeating {
  readonly #work: () => Promise<unknown>;
  #timer: NodeJS.Timeout | null = null;
  #everyMs: number | null = null;

  /** @param work must not fail: nobody would hear of it */
  constructor(work: () => Promise<unknown>) {
    this.#work = work;
  }

  /** Sets the period, in ms; null stops. */
  arm(everyMs: number | null): void {
    this.#everyMs = everyMs;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (everyMs === null) return;
    const timer = setTimeout(
      () => {
        void this.#work().finally(() => {
          if (this.#timer === timer) this.arm(this.#everyMs);
        });
      },
      Math.min(everyMs, longestTimer),
    );
    this.#timer = timer;
    timer.unref();
  }
}
