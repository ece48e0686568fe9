import type { Storage } from '#main/storage/storage.ts';
import type { Fault } from '#test/stand-ins/fault.ts';
import type { ModelServer } from './model-server.ts';
import type { QueueLoad } from './queue-load.ts';
import { rounded } from './statistics.ts';

/** What jobs come to while their provider fails three requests of ten. */
export type FaultFigures = {
  readonly jobs: number;
  readonly wide: number;
  /** Requests that the server saw, and those of them that it spoilt. */
  readonly requests: number;
  readonly spoilt: number;
  readonly completed: number;
  readonly failed: number;
  /** Jobs in no final state. */
  readonly undefinedState: number;
  /** Jobs that the server never answered, and those that it answered more than once. */
  readonly lost: number;
  readonly twice: number;
  readonly cleanMs: number;
  readonly wallMs: number;
  /** Wall time over that without faults. */
  readonly ratio: number;
};

/** A tenth each: 429 and 500 at once, the latter with a rest of a latency; a connection cut after it. */
const faultsOf = (latencyMs: number): readonly Fault[] => [
  { kind: 'rate-limit', retryAfterMs: latencyMs, as: 'ms-header' },
  { kind: 'status', status: 500 },
  { kind: 'cut', afterBytes: 20 },
];

type Load = Pick<QueueLoad, 'n' | 'wide'>;

/** Runs the load without faults and with them, and counts by job in the server's log. */
export async function faultFigures(
  { standIn }: Pick<ModelServer, 'standIn'>,
  storage: Storage,
  latencyMs: number,
  load: Load,
  work: (load: Load) => Promise<{ readonly runId: string; readonly wallMs: number }>,
): Promise<FaultFigures> {
  const { wallMs: cleanMs } = await work(load);
  const shares = faultsOf(latencyMs).map((fault) => ({ share: 0.1, fault }));
  await standIn.clearLog();
  await standIn.behave({ faults: { shares } });
  const { runId, wallMs } = await work(load);
  await standIn.behave({ faults: { shares: [] } });
  const requests = (await standIn.log()).filter(({ request }) => request !== null);
  const answered = requests.filter(({ outcome }) => outcome === 'answered');
  const times = Map.groupBy(answered, ({ request }) => request?.prompt ?? '');
  const jobs = storage.jobs.list(runId);
  const count = (state: string): number => jobs.filter((job) => job.state === state).length;
  const completed = count('completed');
  const failed = count('failed');
  return {
    jobs: load.n,
    wide: load.wide,
    requests: requests.length,
    spoilt: requests.length - answered.length,
    completed,
    failed,
    undefinedState: jobs.length - completed - failed,
    lost: jobs.filter(({ id, state }) => state === 'completed' && !times.has(id)).length,
    twice: [...times.values()].filter((all) => all.length > 1).length,
    cleanMs: rounded(cleanMs, 1),
    wallMs: rounded(wallMs, 1),
    ratio: rounded(wallMs / cleanMs, 3),
  };
}
