/** What the jobs' own time comes to, in ms. */
export type JobTimes = {
  /** Their durations, summed: what they would take one after the other. */
  readonly syncMs: number;
  /** That sum less the time in which at least one ran. */
  readonly savedMs: number;
};

/** Adds up the time of jobs that overlap, as it passes: those that run now count up to now. */
export class JobTime {
  readonly #running = new Set<string>();
  #at = 0;
  #syncMs = 0;
  #busyMs = 0;

  /** `now` in ms of a clock that never jumps; so below. A job that has begun already begins once. */
  began(id: string, now: number): void {
    this.#pass(now);
    this.#running.add(id);
  }

  ended(id: string, now: number): void {
    this.#pass(now);
    this.#running.delete(id);
  }

  at(now: number): JobTimes {
    this.#pass(now);
    return { syncMs: this.#syncMs, savedMs: this.#syncMs - this.#busyMs };
  }

  #pass(now: number): void {
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#syncMs += passed * this.#running.size;
    if (this.#running.size > 0) this.#busyMs += passed;
  }
}
