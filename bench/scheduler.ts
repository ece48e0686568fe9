import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { systemClock } from '#main/core/clock.ts';
import { EmbeddedQueue } from '#main/generation/engine/embedded-queue.ts';
import { ThreadShare } from '#main/generation/engine/thread-share.ts';
import { Storage } from '#main/storage/storage.ts';
import { openModelServer } from './model-server.ts';
import { goodLoad, queueLoad } from './queue-load.ts';
import { type FaultFigures, faultFigures } from './scheduler-faults.ts';
import {
  type GuideRow,
  guideCells,
  guideRows,
  type SchedulerCell,
  type SchedulerRow,
  schedulerRows,
  type Work,
} from './scheduler-rows.ts';
import { median, percentile, rounded, timed } from './statistics.ts';

/** What `bench -- scheduler` prints. */
export type SchedulerFigures = {
  readonly suite: 'scheduler';
  readonly latencyMs: number;
  /** With a provider in the same process; job rows are written, here and below. */
  readonly rows: readonly SchedulerRow[];
  /** Through the gate, the AI SDK and HTTP to a server in a process of its own. */
  readonly httpRows: readonly SchedulerRow[];
  /** The guide's own table beside these. */
  readonly guide: readonly GuideRow[];
  readonly faults: FaultFigures;
} & OverheadFigures;

type OverheadFigures = {
  /** Microseconds a job with a provider of no latency: wall time over jobs at 64 wide. */
  readonly overheadWallUs: number;
  /** The same 1 wide, from the end of one request to the beginning of the next. */
  readonly overheadP50Us: number;
  readonly overheadP99Us: number;
  /** The first of these in bare p-queue, which keeps nothing, and how many times as long ours takes. */
  readonly pQueueWallUs: number;
  readonly ratioToPQueue: number;
};

/** The guide's 15 seconds a request, scaled 1:100. */
const full = {
  latencyMs: 150,
  cells: guideCells,
  jobs: 10_000,
  rounds: 5,
  faulty: { n: 1_000, wide: 20 },
};
const small = {
  latencyMs: 20,
  cells: [
    { n: 3, wide: 1, rounds: 1 },
    { n: 3, wide: 3, rounds: 1 },
    { n: 6, wide: 2, rounds: 1 },
  ] as readonly SchedulerCell[],
  jobs: 200,
  rounds: 1,
  faulty: { n: 40, wide: 10 },
};

/** The run engine's queue against the ideal of its width, and its own cost beside bare p-queue. */
export async function schedulerSuite(short: boolean): Promise<SchedulerFigures> {
  const { latencyMs, cells, jobs, rounds, faulty } = short ? small : full;
  const folder = await mkdtemp(join(tmpdir(), 'omega-bench-'));
  const storage = new Storage(folder, systemClock);
  let limit = 1;
  const queue = new EmbeddedQueue({
    storage,
    clock: systemClock,
    owner: storage.instance.id,
    limit: () => limit,
    thread: new ThreadShare(),
    onChange: () => undefined,
  });
  const work: Work = (load) => {
    limit = load.wide;
    return goodLoad({ storage, queue, ...load });
  };
  const server = await openModelServer(storage, folder, latencyMs);
  const { ask } = server;
  const faultyWork = (load: typeof faulty) => {
    limit = load.wide;
    return queueLoad({ storage, queue, ...load, one: ask });
  };
  try {
    // The first jobs compile what the others run.
    await work({ n: 500, wide: 8, one: none });
    const rows = await schedulerRows(cells, latencyMs, () => sleep(latencyMs), work);
    const costs = await overhead(jobs, rounds, work);
    // The first requests load the SDK's modules and open the connections.
    await work({ n: 60, wide: 20, one: ask });
    const httpRows = await schedulerRows(cells, latencyMs, ask, work);
    const faults = await faultFigures(server, storage, latencyMs, faulty, faultyWork);
    const guide = guideRows(httpRows, latencyMs);
    return { suite: 'scheduler', latencyMs, rows, httpRows, guide, faults, ...costs };
  } finally {
    await server.dispose();
    storage.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function none(): Promise<void> {}

async function overhead(jobs: number, rounds: number, work: Work): Promise<OverheadFigures> {
  const ours: number[] = [];
  const bare: number[] = [];
  const gaps: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(((await work({ n: jobs, wide: 64, one: none })) / jobs) * 1000);
    bare.push(((await bareQueue(jobs, 64)) / jobs) * 1000);
    let last = Number.NaN;
    const one = async (): Promise<void> => {
      if (!Number.isNaN(last)) gaps.push((performance.now() - last) * 1000);
      last = performance.now();
    };
    await work({ n: jobs, wide: 1, one });
  }
  return {
    overheadWallUs: rounded(median(ours), 1),
    overheadP50Us: rounded(percentile(gaps, 0.5), 1),
    overheadP99Us: rounded(percentile(gaps, 0.99), 1),
    pQueueWallUs: rounded(median(bare), 2),
    ratioToPQueue: rounded(median(ours.map((us, at) => us / (bare[at] ?? us))), 1),
  };
}

async function bareQueue(n: number, wide: number): Promise<number> {
  const queue = new PQueue({ concurrency: wide });
  return timed(() => Promise.all(Array.from({ length: n }, () => queue.add(none))));
}
