import type { Job, JobState, Run } from '#shared/run.ts';

/** What a progress bar needs. `share` is 0 to 1, and null while the number of jobs is not known. */
export type RunProgress = {
  readonly total: number;
  readonly done: number;
  readonly counts: Readonly<Record<JobState, number>>;
  readonly errors: number;
  readonly warnings: number;
  readonly files: number;
  readonly share: number | null;
};

/** True while a run goes on; a paused one stands still. */
export function isActive(run: Pick<Run, 'state'>): boolean {
  return run.state === 'scanning' || run.state === 'running';
}

/** True while a run can be cancelled: it goes on, or could. */
export function isOpen(run: Pick<Run, 'state'>): boolean {
  return isActive(run) || run.state === 'paused';
}

/** Counts a run's jobs by state, and what they found so far. */
export function progressOf(run: Run): RunProgress {
  const counts = { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
  let errors = 0;
  let warnings = 0;
  let files = 0;
  for (const job of run.jobs) {
    counts[job.state] += 1;
    errors += job.errors;
    warnings += job.warnings;
    files += job.files;
  }
  const total = run.jobs.length;
  const done = counts.completed + counts.failed + counts.cancelled;
  const share = run.state === 'scanning' ? null : total === 0 ? 1 : done / total;
  return { total, done, counts, errors, warnings, files, share };
}

/** Milliseconds that a run or a job has taken until `now`; null before it starts. */
export function elapsed(
  span: { readonly startedAt: number | null; readonly endedAt: number | null },
  now: number,
): number | null {
  return span.startedAt === null ? null : Math.max(0, (span.endedAt ?? now) - span.startedAt);
}

const order: Readonly<Record<JobState, number>> = {
  failed: 0,
  running: 1,
  pending: 2,
  cancelled: 3,
  completed: 4,
};

/** Jobs by what wants attention: failed, running, waiting, cancelled, done; otherwise as they were. */
export function sortJobs(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted((a, b) => order[a.state] - order[b.state]);
}

/** Most jobs that were asked for in one request: 1 where each had its own, 0 before one began. */
export function mostShared(jobs: readonly Pick<Job, 'chunk'>[]): number {
  const counts = new Map<string, number>();
  for (const { chunk } of jobs) if (chunk) counts.set(chunk, (counts.get(chunk) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
