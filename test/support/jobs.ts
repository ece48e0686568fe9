import type { RunSummary } from '#main/storage/run-store.ts';
import { freshJob, type Job, runRequestSchema } from '#shared/run.ts';

/** A job that waits, of a project that is named by one letter or more. */
export function pendingJob(runId: string, root: string, index: number): Job {
  return {
    id: `${runId}/${root}/${index}`,
    runId,
    root,
    service: `s${index}`,
    kind: 'dockerfile',
    ...freshJob,
  };
}

/** So many jobs of a project. */
export function pendingJobs(runId: string, root: string, count: number): readonly Job[] {
  return Array.from({ length: count }, (_, index) => pendingJob(runId, root, index));
}

/** A run that is under way. */
export function runningRun(id: string): RunSummary {
  const request = runRequestSchema.parse({ roots: ['/p'], kinds: ['dockerfile'] });
  const none = { endedAt: null, paused: null, failures: [] };
  return { id, state: 'running', request, createdAt: 1, ...none };
}
