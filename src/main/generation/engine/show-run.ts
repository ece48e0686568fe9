import type { RunSummary } from '#main/storage/run-store.ts';
import type { Run } from '#shared/run.ts';
import type { ReviewContext } from '../review/review-context.ts';

/**
 * A run with its jobs as a person should see it: one whose process died says that it rests, whatever
 * its row says.
 */
export function showRun({ storage }: ReviewContext, run: RunSummary, isActive: boolean): Run {
  const jobs = storage.jobs.list(run.id);
  if (isActive || run.endedAt !== null || run.state === 'paused') return { ...run, jobs };
  const owner = storage.runs.ownerOf(run.id);
  const isWorked = owner !== null && owner !== storage.instance.id;
  if (isWorked && storage.instance.isAlive(owner)) return { ...run, jobs };
  return {
    ...run,
    state: 'paused',
    paused: 'Omega ended while this run was under way; resume it to go on.',
    jobs: jobs.map((job) =>
      job.state === 'running' ? { ...job, state: 'pending', startedAt: null } : job,
    ),
  };
}
