import type { Job } from './run.ts';

/** How long a run's jobs took together and one after the other, in ms; `factor` is their ratio. */
export type RunSavings = {
  readonly wallMs: number;
  readonly sumMs: number;
  readonly factor: number;
};

type Span = Pick<Job, 'startedAt' | 'endedAt'>;

/**
 * Compares the time in which at least one job ran with the sum of the jobs' own durations. Null
 * before a job ended: one that runs has no duration yet.
 */
export function savingsOf(jobs: readonly Span[]): RunSavings | null {
  const spans = jobs
    .flatMap(({ startedAt, endedAt }) =>
      startedAt === null || endedAt === null ? [] : [[startedAt, Math.max(startedAt, endedAt)]],
    )
    .toSorted(([a = 0], [b = 0]) => a - b);
  if (spans.length === 0) return null;
  let wallMs = 0;
  let sumMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [start = 0, end = 0] of spans) {
    sumMs += end - start;
    wallMs += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return { wallMs, sumMs, factor: wallMs === 0 ? 1 : sumMs / wallMs };
}
