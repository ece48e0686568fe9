/** How many things happened within the last `windowMs`, exactly. */
export class RecentTimes {
  readonly #windowMs: number;
  readonly #times: number[] = [];
  #head = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** `now` in ms of a clock that never jumps; so below. */
  add(now: number): void {
    this.#drop(now);
    this.#times.push(now);
  }

  count(now: number): number {
    this.#drop(now);
    return this.#times.length - this.#head;
  }

  #drop(now: number): void {
    while ((this.#times[this.#head] ?? now) < now - this.#windowMs) this.#head += 1;
    // Moved together once half of it is old, so that a drop costs nothing on average.
    if (this.#head < 1_000 || this.#head < this.#times.length / 2) return;
    this.#times.splice(0, this.#head);
    this.#head = 0;
  }
}
