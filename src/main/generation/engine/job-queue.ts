import type { Job } from '#shared/run.ts';

/** What a job that went well made. */
export type JobCount = Pick<Job, 'files' | 'errors' | 'warnings'>;

/** Does one job; rejects where it failed. The signal aborts when the run is cancelled. */
export type JobWork = (job: Job, signal: AbortSignal) => Promise<JobCount>;

/** How a run's jobs are worked through. */
export type DrainOptions = {
  /** Jobs at once, to begin with. */
  readonly concurrency: number;
  /** Longest that one job may take, in ms; asked as each begins. */
  readonly timeoutMs: () => number;
  readonly signal: AbortSignal;
};

/**
 * Keeps jobs and works through them: the port behind which the store of this machine stands today
 * and a team's queue may stand tomorrow.
 */
export interface JobQueue {
  /** Takes jobs on; they are kept when this returns. */
  add(jobs: readonly Job[]): void;
  /**
   * Works through the pending jobs of a run in their order, `concurrency` at once, and resolves
   * when none is left. One that fails keeps none of the others. Once the signal aborts no further
   * job begins, and those that have not ended become cancelled. Rejects where the queue itself
   * fails.
   */
  drain(runId: string, work: JobWork, options: DrainOptions): Promise<void>;
  /** Changes how many jobs of a run that is being drained run at once, from now on. */
  setConcurrency(runId: string, concurrency: number): void;
}
