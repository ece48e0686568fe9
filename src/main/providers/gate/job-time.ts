import { steadyNow } from '#main/core/clock.ts';

/** What the jobs' own time comes to, in ms. */
export type JobTimes = {
  /** What they would take one after the other: their durations without the waits for each other. */
  readonly syncMs: number;
  /** That sum less the time in which at least one was under way; below 0 where all waited for long. */
  readonly savedMs: number;
};

/** Measures jobs that are done together, from their beginning to `end`. */
export type JobClock = {
  /** They wait for others from now on, until what this returns is called; waits may overlap. */
  readonly waits: () => () => void;
  /** A provider, a process or another thread works for them from now on, until what this returns is called. */
  readonly calls: () => () => void;
  /** Their own time since the beginning or the last time that it was taken. */
  readonly takeMs: () => number;
  readonly end: () => void;
};

type UnderWay = { waits: number; calls: number; ownMs: number };

/**
 * Adds up the own time of jobs that overlap, as it passes: what each would take alone. A job that
 * waits (for a turn, for the end of a rest, for the same call of another) while nothing works for it
 * stands still, unless nothing else is under way: then it waits for nobody. Jobs that neither wait
 * nor are worked for share this thread, and the time that passes with it.
 */
export class JobTime {
  readonly #now: () => number;
  readonly #underWay = new Set<UnderWay>();
  #at: number;
  #syncMs = 0;
  #busyMs = 0;

  /** `now` in ms of a clock that never jumps. */
  constructor(now: () => number = steadyNow) {
    this.#now = now;
    this.#at = now();
  }

  begin(): JobClock {
    const own: UnderWay = { waits: 0, calls: 0, ownMs: 0 };
    this.#pass();
    this.#underWay.add(own);
    return {
      waits: () => this.#while(own, 'waits'),
      calls: () => this.#while(own, 'calls'),
      takeMs: () => {
        this.#pass();
        const ms = own.ownMs;
        own.ownMs = 0;
        return ms;
      },
      end: () => {
        this.#pass();
        this.#underWay.delete(own);
      },
    };
  }

  get times(): JobTimes {
    this.#pass();
    return { syncMs: this.#syncMs, savedMs: this.#syncMs - this.#busyMs };
  }

  #while(own: UnderWay, what: 'waits' | 'calls'): () => void {
    this.#pass();
    own[what] += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#pass();
      own[what] -= 1;
    };
  }

  #pass(): void {
    const now = this.#now();
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    if (this.#underWay.size > 0) this.#busyMs += passed;
    const isAlone = this.#underWay.size === 1;
    const onThread = (one: UnderWay): boolean => one.calls === 0 && (one.waits === 0 || isAlone);
    let sharers = 0;
    for (const own of this.#underWay) if (onThread(own)) sharers += 1;
    for (const own of this.#underWay) {
      const ms = own.calls > 0 ? passed : onThread(own) ? passed / sharers : 0;
      own.ownMs += ms;
      this.#syncMs += ms;
    }
  }
}
