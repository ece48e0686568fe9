import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { answersPerSecond } from '#test/stand-ins/log-figures.ts';
import type { LogEntry } from '#test/stand-ins/request-log.ts';
import { type ModelServer, openModelServer } from '../model-server.ts';
import { rounded } from '../statistics.ts';
import { openBenchLoops } from './bench-loops.ts';
import { capacityLoad } from './capacity-load.ts';

/** What a provider's capacity of 20, then 5, then 20 requests at once comes to. */
export type AdaptiveFigures = {
  /** From the fall and the rise until throughput is above 0.9 of the new best, and stays so. */
  readonly secondsDown: number | null;
  readonly secondsUp: number | null;
  /** Jobs of which a request was refused with a 429, over all jobs. */
  readonly refusedShare: number;
  readonly jobs: number;
  readonly failed: number;
  /** Bounds that the adaptive loop moved meanwhile. */
  readonly moves: number;
  /** Answers a second: at their best (as many at once as the server takes, set by hand), and at the end of each phase. */
  readonly throughputs: {
    readonly best20: number;
    readonly best5: number;
    readonly phases: readonly number[];
  };
};

const full = { latencyMs: 200, seconds: 20, bestSeconds: 5, high: 20, low: 5 };
const small = { ...full, latencyMs: 40, seconds: 4, bestSeconds: 1 };

const enough = 0.9;
/** Throughput is told by windows of this length, in ms. */
const windowMs = 2_000;

/** Has a provider's capacity fall and rise again under load. */
export async function adaptiveFigures(short: boolean): Promise<AdaptiveFigures> {
  const { latencyMs, seconds, bestSeconds, high, low } = short ? small : full;
  const folder = await mkdtemp(join(tmpdir(), 'omega-bench-'));
  const storage = new Storage(folder, systemClock);
  const server = await openModelServer(storage, folder, latencyMs);
  try {
    await best(server, high, 2);
    const best20 = await best(server, high, bestSeconds);
    const best5 = await best(server, low, bestSeconds);
    server.setConcurrency(32);
    const loops = openBenchLoops(server.gate, storage, short);
    await server.standIn.clearLog();
    const { steps, end, failed } = await capacityLoad(server, 'steps', [high, low, high], seconds);
    const moves = await loops.end();
    const log = (await server.standIn.log()).filter(({ request }) => request !== null);
    const [first = 0, down = 0, up = 0] = steps.map(({ at }) => at);
    const jobs = new Set(log.map(({ request }) => request?.prompt));
    const refused = log.filter(({ status }) => status === 429);
    return {
      secondsDown: backAfter(log, down, up, best5),
      secondsUp: backAfter(log, up, end, best20),
      refusedShare: rounded(
        new Set(refused.map(({ request }) => request?.prompt)).size / jobs.size,
        4,
      ),
      jobs: jobs.size,
      failed,
      moves,
      throughputs: {
        best20: rounded(best20, 1),
        best5: rounded(best5, 1),
        phases: [[first, down] as const, [down, up] as const, [up, end] as const].map(
          ([from, to]) => rounded(answersPerSecond(log, (from + to) / 2, to), 1),
        ),
      },
    };
  } finally {
    await server.dispose();
    storage.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers a second where the gate asks as many at once as are taken. */
async function best(server: ModelServer, wide: number, seconds: number): Promise<number> {
  server.setConcurrency(wide);
  await server.standIn.clearLog();
  const { steps, end } = await capacityLoad(server, `best-${wide}`, [null], seconds);
  return answersPerSecond(await server.standIn.log(), steps[0]?.at ?? 0, end);
}

/** Seconds from `from` until throughput is enough, in its window and on average to the end; null where it never is. */
function backAfter(
  log: readonly LogEntry[],
  from: number,
  to: number,
  best: number,
): number | null {
  for (let at = from; at + windowMs <= to; at += 100) {
    const isBack = [at + windowMs, to].every(
      (end) => answersPerSecond(log, at, end) >= enough * best,
    );
    if (isBack) return rounded((at - from) / 1_000, 1);
  }
  return null;
}
