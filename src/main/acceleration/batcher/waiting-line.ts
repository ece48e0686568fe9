/** Something that waits; `gone` ones are passed over. */
export type Waiter = { gone: boolean };

/** First in, first out, in constant time; what leaves from the middle is only marked. */
export class WaitingLine<T extends Waiter> {
  #entries: T[] = [];
  #head = 0;
  #live = 0;

  /** Those that wait. */
  get size(): number {
    return this.#live;
  }

  /** Adds one at the end. */
  push(entry: T): void {
    this.#entries.push(entry);
    this.#live++;
  }

  /** Lets one leave that has not been taken. */
  drop(entry: T): void {
    if (entry.gone) return;
    entry.gone = true;
    this.#live--;
    // Without this, a line that nobody takes from would keep all that ever left it.
    if (this.#entries.length - this.#head > 2 * this.#live + 64) {
      this.#entries = this.#entries.slice(this.#head).filter(({ gone }) => !gone);
      this.#head = 0;
    }
  }

  /** The one that has waited longest. */
  first(): T | undefined {
    while (this.#entries[this.#head]?.gone) this.#head++;
    return this.#entries[this.#head];
  }

  /** Takes up to `count`, the first first. */
  take(count: number): readonly T[] {
    const taken: T[] = [];
    while (taken.length < count && this.#head < this.#entries.length) {
      const entry = this.#entries[this.#head++];
      if (entry && !entry.gone) taken.push(entry);
    }
    this.#live -= taken.length;
    if (this.#head > 1_024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }
}
