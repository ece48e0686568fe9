import type { Job } from './run.ts';

/** How long a run's chunks took together and one after the other, in ms; `factor` is their ratio. */
export type RunSavings = {
  readonly wallMs: number;
  readonly sumMs: number;
  readonly factor: number;
};

type Span = Pick<Job, 'state' | 'startedAt' | 'endedAt' | 'chunk' | 'usage'>;
type Chunk = { readonly start: number; readonly end: number; readonly waitedMs: number };

/**
 * Compares the time in which at least one job ran with the sum of the chunks' own durations: jobs
 * that share a request are a chunk, whose time counts once, and without what its calls waited for
 * their turn, as one after the other none waits. Jobs that failed or were cancelled made nothing
 * that would have taken time. Null before one is done.
 */
export function savingsOf(jobs: readonly Span[]): RunSavings | null {
  const chunks = chunksOf(jobs).toSorted((one, other) => one.start - other.start);
  if (chunks.length === 0) return null;
  let wallMs = 0;
  let ownMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { start, end, waitedMs } of chunks) {
    ownMs += Math.max(0, end - start - waitedMs);
    wallMs += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  // The waits of an ensemble's questions overlap: it never was faster in order.
  const sumMs = Math.max(ownMs, wallMs);
  return { wallMs, sumMs, factor: wallMs === 0 ? 1 : sumMs / wallMs };
}

function chunksOf(jobs: readonly Span[]): readonly Chunk[] {
  const chunks = new Map<unknown, Chunk>();
  for (const job of jobs) {
    const { state, startedAt, endedAt, usage } = job;
    if (state !== 'completed' || startedAt === null || endedAt === null) continue;
    const name = job.chunk ?? job;
    const { start, end, waitedMs } = chunks.get(name) ?? {
      start: startedAt,
      end: startedAt,
      waitedMs: 0,
    };
    chunks.set(name, {
      start: Math.min(start, startedAt),
      end: Math.max(end, endedAt),
      waitedMs: waitedMs + (usage?.waitedMs ?? 0),
    });
  }
  return [...chunks.values()];
}
