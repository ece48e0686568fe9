import type { BatchClock } from '#main/acceleration/batcher/batch-clock.ts';

/** A clock that stands still until a test moves it; `soon` is real, so that promises settle. */
export class HeldClock implements BatchClock {
  #now = 0;
  #timers: { readonly at: number; readonly then: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  soon(then: () => void): void {
    setImmediate(then);
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.#now + ms, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves time on and calls what is due, in order; then lets everything settle. */
  async advance(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { then } of due) then();
    await settle();
  }
}

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round++) await new Promise(setImmediate);
}
