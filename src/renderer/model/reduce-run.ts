import type { OmegaEvent } from '#shared/contract.ts';
import type { Job, Run } from '#shared/run.ts';

/**
 * A run after a batch of events. Gives the same object back where nothing of it changed, so that
 * nothing renders; a job that is not known yet is put at the end.
 */
export function reduceRun(run: Run, events: readonly OmegaEvent[]): Run {
  let head: Run = run;
  const changed = new Map<string, Job>();
  for (const event of events) {
    if (event.type === 'run.updated' && event.run.id === run.id) {
      head = { ...event.run, jobs: head.jobs };
    }
    if (event.type === 'job.updated' && event.job.runId === run.id) {
      changed.set(event.job.id, event.job);
    }
  }
  if (changed.size === 0) return head;
  const jobs = head.jobs.map((job) => {
    const next = changed.get(job.id);
    changed.delete(job.id);
    return next ?? job;
  });
  return { ...head, jobs: [...jobs, ...changed.values()] };
}
