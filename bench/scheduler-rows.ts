import type { QueueLoad } from './queue-load.ts';
import { median, rounded } from './statistics.ts';

/** One request of the load, and how a load is worked through, in ms. */
export type One = QueueLoad['one'];
/** See {@link One}. */
export type Work = (load: Pick<QueueLoad, 'n' | 'wide' | 'one'>) => Promise<number>;

/** One measured size: so many jobs, so many at once. */
export type SchedulerRow = {
  readonly n: number;
  readonly wide: number;
  readonly wallMs: number;
  /** ⌈n/wide⌉ times the latency of a request. */
  readonly idealMs: number;
  readonly efficiency: number;
};

/** A size, and how often it is measured; the median counts. */
export type SchedulerCell = {
  readonly n: number;
  readonly wide: number;
  readonly rounds: number;
};

/** The guide's table (sync, three at once, all at once), and batches that it does not dare. */
export const guideCells: readonly SchedulerCell[] = [
  ...[1, 3, 5, 10].flatMap((n) => [...new Set([1, 3, n])].map((wide) => ({ n, wide, rounds: 5 }))),
  { n: 100, wide: 20, rounds: 5 },
  { n: 1_000, wide: 20, rounds: 1 },
];

/** Measures each size with jobs that are one request of `latencyMs`, however that is made. */
export async function schedulerRows(
  cells: readonly SchedulerCell[],
  latencyMs: number,
  one: One,
  work: Work,
): Promise<readonly SchedulerRow[]> {
  const rows: SchedulerRow[] = [];
  for (const { n, wide, rounds } of cells) {
    const walls: number[] = [];
    for (let round = 0; round < rounds; round += 1) walls.push(await work({ n, wide, one }));
    const wallMs = median(walls);
    const idealMs = Math.ceil(n / wide) * latencyMs;
    const efficiency = rounded(idealMs / wallMs, 3);
    rows.push({ n, wide, wallMs: rounded(wallMs, 1), idealMs, efficiency });
  }
  return rows;
}

/** A line of the guide's table, at the latency that was measured with, and what came of it here; in ms. */
export type GuideRow = {
  readonly requests: number;
  readonly guideSyncMs: number;
  readonly guideAsyncMs: number;
  readonly oursSyncMs: number;
  /** As wide as there are requests. */
  readonly oursAsyncMs: number;
};

/** Requests, and the seconds that the guide gives them: sync, and async. A request takes 15. */
const guide = [
  [1, 15, 14],
  [3, 45, 15],
  [5, 75, 18],
  [10, 150, 25],
] as const;
const guideRequest = 15;

/** The lines of the guide's table whose sizes were measured 1 wide and as wide as they are many. */
export function guideRows(rows: readonly SchedulerRow[], latencyMs: number): readonly GuideRow[] {
  const scaled = (seconds: number): number => rounded((seconds * latencyMs) / guideRequest, 1);
  const wallOf = (n: number, wide: number): number | undefined =>
    rows.find((row) => row.n === n && row.wide === wide)?.wallMs;
  return guide.flatMap(([requests, sync, async]) => {
    const oursSyncMs = wallOf(requests, 1);
    const oursAsyncMs = wallOf(requests, requests);
    if (oursSyncMs === undefined || oursAsyncMs === undefined) return [];
    const theirs = { guideSyncMs: scaled(sync), guideAsyncMs: scaled(async) };
    return [{ requests, ...theirs, oursSyncMs, oursAsyncMs }];
  });
}
