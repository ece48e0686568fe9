import type { ErrorData } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';

/** What a job that went well made. */
export type JobCount = Pick<Job, 'files' | 'errors' | 'warnings' | 'usage'>;

/** How a job ended; `pending` is given back, to be done later as if it had not begun. */
export type JobOutcome =
  | { readonly state: 'completed'; readonly count: JobCount }
  | { readonly state: 'failed'; readonly error: ErrorData }
  | { readonly state: 'pending' };

/**
 * Does a chunk of jobs of one project, and reports each as it ends. A job that it does not report has
 * failed with what it rejects with. The signal aborts when the run is cancelled or the time is up.
 */
export type ChunkWork = (
  jobs: readonly Job[],
  report: (jobId: string, outcome: JobOutcome) => void,
  signal: AbortSignal,
) => Promise<void>;

/** How a run's jobs are worked through. Functions are asked again whenever something begins. */
export type DrainOptions = {
  /** Chunks at once of this run; the queue's own limit holds over all runs. */
  readonly concurrency: () => number;
  /** Most jobs of one project in a chunk. */
  readonly chunkSize: () => number;
  /** Among the runs that are drained, higher goes first; equals take turns. */
  readonly priority: number;
  /** Longest that a chunk of so many jobs may take, in ms. */
  readonly timeoutMs: (jobs: number) => number;
  readonly signal: AbortSignal;
};

/** How a drain ended: nothing is left, or it was paused and what is left is pending. */
export type Drained = 'done' | 'paused';

/**
 * Keeps jobs and works through them: the port behind which the store of this machine stands today
 * and a team's queue may stand tomorrow. A job is claimed by one worker, atomically, before it begins.
 */
export interface JobQueue {
  /** Takes jobs on; they are kept when this returns. */
  add(jobs: readonly Job[]): void;
  /**
   * Works through the pending jobs of a run, projects in turn, and resolves when none is left. One
   * that fails keeps none of the others. Once the signal aborts no further job begins, and those that
   * have not ended become cancelled. Rejects where the queue itself fails.
   */
  drain(runId: string, work: ChunkWork, options: DrainOptions): Promise<Drained>;
  /** Begins no further job of a run; those under way end. Its drain resolves with `paused`. */
  pause(runId: string): void;
  /**
   * The same for a process that ends: those under way are aborted and wait again, as if they had not
   * begun.
   */
  release(runId: string): void;
  /** Jobs of a run that will begin when there is room: none of one that is paused or not drained. */
  waiting(runId: string): number;
  /** Looks again at how many may be under way, as that has changed. */
  wake(): void;
}
