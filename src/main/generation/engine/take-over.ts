import type { RunSummary } from '#main/storage/run-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import { notFound } from '../review/proposals.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { reclaimJobs } from './reclaim-jobs.ts';

/**
 * Makes a run that has not ended, and that nobody works on, this instance's; of several that try only
 * one gets it. Throws `NOT_FOUND`, and `CONFLICT` where it has ended or another instance has it.
 */
export function takeOver(context: ReviewContext, id: string): RunSummary {
  const { storage, emit } = context;
  const run = storage.runs.get(id);
  const owner = storage.runs.ownerOf(id);
  if (!run || owner === null) throw notFound('run', id);
  if (run.endedAt !== null) {
    throw new OmegaError('CONFLICT', `This run has ended (${run.state}); start a new one.`);
  }
  const { instance } = storage;
  if (owner !== instance.id && instance.isAlive(owner)) throw elsewhere();
  const reclaimed: readonly Job[] = storage.transaction(() => {
    if (!storage.runs.takeOver(id, instance.id, owner)) throw elsewhere();
    return reclaimJobs(context, id);
  });
  for (const job of reclaimed) emit({ type: 'job.updated', job });
  return run;
}

/** The runs that a process was at work on when it died. */
export function orphans({ storage }: ReviewContext): readonly string[] {
  return storage.runs
    .unfinished()
    .filter(({ owner }) => owner !== storage.instance.id && !storage.instance.isAlive(owner))
    .map(({ run }) => run.id);
}

function elsewhere(): OmegaError {
  return new OmegaError(
    'CONFLICT',
    'This run belongs to another Omega that is open; pause, cancel or resume it there.',
  );
}
