/** What the chunks of jobs take by themselves, in ms. */
export type JobTimes = {
  /** Their durations without their waits for a turn, summed: what they would take one after the other. */
  readonly syncMs: number;
  /** That sum less the time in which at least one ran. */
  readonly savedMs: number;
};

/**
 * Adds up the time of chunks that overlap, as it passes: those that run now count up to now. Jobs
 * that are done in one request are one chunk, whose time counts once. Of chunks whose calls wait for
 * their turn only the others' time counts, and one chunk's at least.
 */
export class JobTime {
  /** The chunk of each job that runs, and how many of each chunk do. */
  readonly #running = new Map<string, string>();
  readonly #chunks = new Map<string, number>();
  #waiting = 0;
  #at = 0;
  #syncMs = 0;
  #busyMs = 0;

  /** `now` in ms of a clock that never jumps; so below. A job that has begun already begins once. */
  began(id: string, chunk: string, now: number): void {
    this.#pass(now);
    if (this.#running.has(id)) return;
    this.#running.set(id, chunk);
    this.#chunks.set(chunk, (this.#chunks.get(chunk) ?? 0) + 1);
  }

  ended(id: string, now: number): void {
    this.#pass(now);
    const chunk = this.#running.get(id);
    if (chunk === undefined) return;
    this.#running.delete(id);
    const left = (this.#chunks.get(chunk) ?? 1) - 1;
    if (left > 0) this.#chunks.set(chunk, left);
    else this.#chunks.delete(chunk);
  }

  /** So many calls of what runs wait for their turn from now on. */
  wait(calls: number, now: number): void {
    this.#pass(now);
    this.#waiting = calls;
  }

  at(now: number): JobTimes {
    this.#pass(now);
    return { syncMs: this.#syncMs, savedMs: this.#syncMs - this.#busyMs };
  }

  #pass(now: number): void {
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    if (this.#chunks.size === 0) return;
    this.#syncMs += passed * Math.max(1, this.#chunks.size - this.#waiting);
    this.#busyMs += passed;
  }
}
