import { OmegaError } from '#shared/error.ts';
import type { Job, Run } from '#shared/run.ts';
import type { Plan, PlannedJob } from './plan-jobs.ts';

/** Stored jobs with what they work on, and those that nothing is planned for any more. */
export type Matched = { readonly jobs: readonly PlannedJob[]; readonly lost: readonly Job[] };

/**
 * Finds for each job that waits what it works on, in a plan that was made anew. One that is not
 * planned any more has failed, with the reason; what is planned and has no job is left out.
 */
export function matchJobs(stored: readonly Job[], { jobs, failures }: Plan, now: number): Matched {
  const planned = Map.groupBy(jobs, (entry) => keyOf(entry.job));
  const matched: PlannedJob[] = [];
  const lost: Job[] = [];
  for (const job of stored) {
    const entry = planned.get(keyOf(job))?.shift();
    if (entry) matched.push({ ...entry, job });
    else lost.push({ ...job, state: 'failed', error: whyLost(job, failures), endedAt: now });
  }
  return { jobs: matched, lost };
}

function keyOf({ root, service, kind }: Job): string {
  return JSON.stringify([root, service, kind]);
}

function whyLost({ root }: Job, failures: Run['failures']): Job['error'] {
  const failure = failures.find((one) => one.root === root);
  if (failure) return failure.error;
  return new OmegaError(
    'NOT_FOUND',
    'The project changed while the run rested, and this file is not planned any more; start a new run.',
  ).toData();
}
