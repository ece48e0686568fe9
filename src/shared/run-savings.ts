import type { Job } from './run.ts';

/** How long a run's chunks took together and one after the other, in ms; `factor` is their ratio. */
export type RunSavings = {
  readonly wallMs: number;
  readonly sumMs: number;
  readonly factor: number;
};

type Span = Pick<Job, 'state' | 'startedAt' | 'endedAt' | 'chunk'>;

/**
 * Compares the time in which at least one job ran with the sum of the chunks' own durations: jobs
 * that share a request are a chunk, whose time counts once. Jobs that failed or were cancelled made
 * nothing that would have taken time. Null before one is done.
 */
export function savingsOf(jobs: readonly Span[]): RunSavings | null {
  const spans = chunksOf(jobs).toSorted(([a], [b]) => a - b);
  if (spans.length === 0) return null;
  let wallMs = 0;
  let sumMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [start, end] of spans) {
    sumMs += end - start;
    wallMs += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return { wallMs, sumMs, factor: wallMs === 0 ? 1 : sumMs / wallMs };
}

/** When each chunk began, and when its last job ended. */
function chunksOf(jobs: readonly Span[]): readonly (readonly [number, number])[] {
  const chunks = new Map<unknown, readonly [number, number]>();
  for (const job of jobs) {
    const { state, startedAt, endedAt } = job;
    if (state !== 'completed' || startedAt === null || endedAt === null) continue;
    const name = job.chunk ?? job;
    const [start, end] = chunks.get(name) ?? [startedAt, startedAt];
    chunks.set(name, [Math.min(start, startedAt), Math.max(end, endedAt)]);
  }
  return [...chunks.values()];
}
