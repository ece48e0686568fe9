import { AsyncLocalStorage } from 'node:async_hooks';
import type { TokenUsage } from '#shared/providers.ts';
import type { JobClock } from './job-time.ts';

/** What the answered calls of some jobs took; `costUsd` is null where a price is unknown. */
export type MeteredUsage = {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number | null;
};

const nothing: MeteredUsage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/**
 * What is measured of jobs that are done together, wherever it happens: it goes along with their
 * asynchronous work, as a trace does, so that nothing in between has to know of it.
 */
export class JobMeter {
  readonly clock: Pick<JobClock, 'waits' | 'calls'>;
  #usage = nothing;

  constructor(clock: Pick<JobClock, 'waits' | 'calls'>) {
    this.clock = clock;
  }

  /** What was taken so far, by jobs that fail as well. */
  get usage(): MeteredUsage {
    return this.#usage;
  }

  /** Counts an answered call. */
  spent({ inputTokens, outputTokens }: TokenUsage, costUsd: number | null): void {
    const before = this.#usage;
    this.#usage = {
      calls: before.calls + 1,
      inputTokens: before.inputTokens + (inputTokens ?? 0),
      outputTokens: before.outputTokens + (outputTokens ?? 0),
      costUsd: before.costUsd === null || costUsd === null ? null : before.costUsd + costUsd,
    };
  }
}

const meters = new AsyncLocalStorage<JobMeter>();

/** Calls `fn` as work of the jobs that are measured; what it starts belongs to them too. */
export function metered<T>(meter: JobMeter, fn: () => T): T {
  return meters.run(meter, fn);
}

/** The meter of the jobs that the caller works for; undefined outside of any. */
export function currentMeter(): JobMeter | undefined {
  return meters.getStore();
}

/** Waits for work that a provider, a process or another thread does for the caller's jobs: their own time. */
export async function workedElsewhere<T>(work: Promise<T>): Promise<T> {
  const over = currentMeter()?.clock.calls();
  try {
    return await work;
  } finally {
    over?.();
  }
}

/** Waits for what others hold up: for the jobs that the caller works for that is no time of their own. */
export async function waitForOthers<T>(what: Promise<T>): Promise<T> {
  const over = currentMeter()?.clock.waits();
  try {
    return await what;
  } finally {
    over?.();
  }
}
