import type { RunSummary } from '#main/storage/run-store.ts';
import type { Learning } from '../memory/learning.ts';
import type { ReviewContext } from '../review/review-context.ts';
import type { JobOutcome } from './job-queue.ts';
import type { JobReactions } from './job-reactions.ts';
import type { PlannedJob } from './plan-jobs.ts';

/** What the work on a chunk stands on; files are kept with `keepFiles`. */
export type ModelWorkContext = ReviewContext & {
  /** The run as it is now: a resumed one may have another budget than it began with. */
  readonly run: RunSummary;
  /** Null where the run neither uses nor adds to what was learned. */
  readonly learning: Learning | null;
  /** What is asked about jobs that go wrong. */
  readonly reactions: JobReactions;
};

/**
 * Has a model make the files of a chunk, which is of one project, and reports each job as it ends.
 * A job that it does not report has failed with what it rejects with. A refusal for want of budget
 * (`REFUSED` with `details.budget`), reported or rejected with, is no end: the run pauses and the
 * job is done when it is resumed.
 */
export type ModelWork = (
  chunk: readonly PlannedJob[],
  context: ModelWorkContext,
  report: (jobId: string, outcome: JobOutcome) => void,
  signal: AbortSignal,
) => Promise<void>;
