import { OmegaError } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import type { ReviewContext } from '../review/review-context.ts';

/** A job that this many processes died over is not tried again: it may be what kills them. */
const maxDeaths = 2;

/**
 * Puts the jobs that a process left when it died in order: those whose files are kept are complete,
 * those that were only begun wait again, or fail at the second death. Gives those that changed.
 */
export function reclaimJobs({ storage, clock }: ReviewContext, runId: string): readonly Job[] {
  const begun = storage.jobs.begun(runId);
  if (begun.length === 0) return [];
  const files = Map.groupBy(storage.proposals.summaries(runId), ({ jobId }) => jobId);
  return begun.map(({ job, attempts }) => {
    const kept = files.get(job.id);
    const reclaimed: Job = kept
      ? { ...job, ...countOf(kept), state: 'completed', endedAt: clock.now() }
      : attempts < maxDeaths
        ? { ...job, state: 'pending', startedAt: null }
        : { ...job, state: 'failed', error: endedTwice, endedAt: clock.now() };
    storage.jobs.save(reclaimed);
    return reclaimed;
  });
}

function countOf(kept: readonly { readonly findings: readonly { readonly severity: string }[] }[]) {
  const severities = kept.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  return {
    files: kept.length,
    errors: severities.filter((severity) => severity === 'error').length,
    warnings: severities.filter((severity) => severity === 'warning').length,
  };
}

const endedTwice = new OmegaError(
  'INTERNAL',
  'Omega ended twice while it worked on this, so it was not tried a third time; run it alone to see why.',
).toData();
