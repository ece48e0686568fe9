import { JobMeter, type MeteredUsage } from '#main/providers/gate/job-meter.ts';
import type { JobClock } from '#main/providers/gate/job-time.ts';
import type { Job } from '#shared/run.ts';
import { addUsage, noUsage, shareUsage } from '../ai/usage.ts';
import type { JobOutcome } from './job-queue.ts';

/** What a job took: its own time in ms, and what models took for it in all its attempts. */
export type JobShare = Pick<Job, 'workMs' | 'usage'>;

/**
 * Whose is what of a chunk, as its jobs end one by one. Time belongs to the job that ends next, so
 * that the sum is what the chunk took. What a job that does not end well had spent is known by the
 * meter alone: it has its part of what no other job has.
 */
export class ChunkTally {
  readonly meter: JobMeter;
  readonly #clock: JobClock;
  #given = noUsage;

  constructor(clock: JobClock) {
    this.#clock = clock;
    this.meter = new JobMeter(clock);
  }

  /** The share of a job that ends so, while `open` jobs of the chunk, itself among them, have not. */
  take(job: Job, outcome: JobOutcome, open: number): JobShare {
    const own =
      outcome.state === 'completed'
        ? outcome.count.usage
        : shareUsage({ ...noUsage, ...left(this.meter.usage, this.#given) }, open)[0];
    if (own) this.#given = addUsage(this.#given, own);
    const took = own ? own.calls + own.inputTokens + own.outputTokens : 0;
    const isAny = own && (outcome.state === 'completed' || took > 0);
    const usage = isAny ? addUsage(job.usage ?? noUsage, own) : job.usage;
    return { workMs: this.#clock.takeMs(), usage };
  }

  end(): void {
    this.#clock.end();
  }
}

function left(all: MeteredUsage, given: typeof noUsage): MeteredUsage {
  const less = (one: number, other: number): number => Math.max(0, one - other);
  return {
    // Those from the cache were not made.
    calls: less(all.calls, given.calls - given.cached),
    inputTokens: less(all.inputTokens, given.inputTokens),
    outputTokens: less(all.outputTokens, given.outputTokens),
    costUsd: all.costUsd === null ? null : less(all.costUsd, given.costUsd ?? 0),
  };
}
