import { OmegaError } from '#shared/error.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { saveRun } from './work-run.ts';

/** Ends the runs of processes that died: what they made stays, what they had not done is cancelled. */
export function recoverRuns(context: ReviewContext): void {
  const { storage, clock } = context;
  const error = new OmegaError(
    'CANCELLED',
    'Omega ended while this run was under way; start it again. What it had made is kept.',
    { retryable: true },
  ).toData();
  for (const { run, owner } of storage.runs.unfinished()) {
    if (storage.instance.isAlive(owner)) continue;
    storage.transaction(() => {
      for (const job of storage.jobs.unfinished(run.id)) {
        storage.jobs.save({ ...job, state: 'cancelled', error, endedAt: clock.now() });
      }
      const failures = [...run.failures, { root: run.request.roots[0] ?? '', error }];
      saveRun(context, { ...run, state: 'failed', endedAt: clock.now(), failures });
    });
  }
}
