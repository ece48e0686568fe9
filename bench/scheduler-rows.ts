import type { QueueLoad } from './queue-load.ts';
import { median, rounded } from './statistics.ts';

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
  one: () => Promise<unknown>,
  work: (load: Pick<QueueLoad, 'n' | 'wide' | 'one'>) => Promise<number>,
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
