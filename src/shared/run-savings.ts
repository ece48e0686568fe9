import type { Job } from './run.ts';

/** How long a run's jobs took together and would take one after the other, in ms; `factor` is their ratio. */
export type RunSavings = {
  readonly wallMs: number;
  readonly sumMs: number;
  readonly factor: number;
};

type Span = Pick<Job, 'state' | 'startedAt' | 'endedAt' | 'workMs'>;

/**
 * Compares the time in which at least one job ran with the sum of what each would take alone, without
 * its waits for others; that sum is never less than the time, of which some is nobody's. Jobs that
 * failed or were cancelled made nothing that would have taken time. Null before one is done.
 */
export function savingsOf(jobs: readonly Span[]): RunSavings | null {
  const spans = jobs
    .flatMap(({ state, startedAt, endedAt, workMs }) => {
      if (state !== 'completed' || startedAt === null || endedAt === null) return [];
      const end = Math.max(startedAt, endedAt);
      // Rows of earlier versions know no more than that.
      return [{ start: startedAt, end, ownMs: workMs ?? end - startedAt }];
    })
    .toSorted((one, other) => one.start - other.start);
  if (spans.length === 0) return null;
  let wallMs = 0;
  let sumMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { start, end, ownMs } of spans) {
    sumMs += ownMs;
    wallMs += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  sumMs = Math.max(sumMs, wallMs);
  return { wallMs, sumMs, factor: wallMs === 0 ? 1 : sumMs / wallMs };
}
