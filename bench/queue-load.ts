import type { JobQueue } from '#main/generation/engine/job-queue.ts';
import type { Storage } from '#main/storage/storage.ts';
import { freshJob, type Job, runRequestSchema } from '#shared/run.ts';
import { timed } from './statistics.ts';

/** So many jobs of one run, each of which is one request. */
export type QueueLoad = {
  readonly storage: Storage;
  readonly queue: JobQueue;
  readonly n: number;
  readonly wide: number;
  readonly one: (job: Job) => Promise<unknown>;
};

/** How a load went; the run's rows tell the rest. */
export type QueueLoaded = { readonly runId: string; readonly wallMs: number };

let loads = 0;

const done = {
  state: 'completed',
  count: { files: 1, errors: 0, warnings: 0, usage: null },
} as const;

/**
 * Works through the jobs and gives how long that took, in ms; adding them is not counted. One whose
 * request rejects has failed.
 */
export async function queueLoad({ storage, queue, n, wide, one }: QueueLoad): Promise<QueueLoaded> {
  loads += 1;
  // The same in each process: a server that spoils by what it is asked then spoils the same ones.
  const runId = `run-${loads}`;
  storage.runs.save(
    {
      id: runId,
      state: 'running',
      request: runRequestSchema.parse({ roots: ['/bench'], kinds: ['dockerfile'] }),
      createdAt: Date.now(),
      endedAt: null,
      paused: null,
      failures: [],
    },
    storage.instance.id,
  );
  queue.add(Array.from({ length: n }, (_, index) => pendingJob(runId, index)));
  const wallMs = await timed(() =>
    queue.drain(
      runId,
      async (jobs, report) => {
        for (const job of jobs) {
          await one(job);
          report(job.id, done);
        }
      },
      {
        concurrency: () => wide,
        chunkSize: () => 1,
        priority: 0,
        timeoutMs: () => 120_000,
        signal: new AbortController().signal,
      },
    ),
  );
  return { runId, wallMs };
}

/** The same, where every job must go well; gives the ms alone. */
export async function goodLoad(load: QueueLoad): Promise<number> {
  const { runId, wallMs } = await queueLoad(load);
  const rows = load.storage.jobs.list(runId).filter(({ state }) => state === 'completed');
  if (rows.length !== load.n) {
    throw new Error(`${rows.length} of ${load.n} jobs are kept as completed.`);
  }
  return wallMs;
}

/** Ten services to a project, as a workspace has them. */
function pendingJob(runId: string, index: number): Job {
  return {
    id: `${runId}-${index}`,
    runId,
    root: `/bench/${Math.floor(index / 10)}`,
    service: `service-${index}`,
    kind: 'dockerfile',
    ...freshJob,
  };
}
