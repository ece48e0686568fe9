import { onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { EmbeddedQueue } from '#main/generation/engine/embedded-queue.ts';
import type { ChunkWork, DrainOptions } from '#main/generation/engine/job-queue.ts';
import { ThreadShare } from '#main/generation/engine/thread-share.ts';
import { Storage } from '#main/storage/storage.ts';
import type { Job } from '#shared/run.ts';
import { runningRun } from './jobs.ts';
import { tempFolder } from './temp-folder.ts';

/** What a job that went well made. */
export const one = {
  state: 'completed',
  count: { files: 1, errors: 0, warnings: 0, usage: null },
} as const;

/**
 * A queue on a store of its own, or on that of a folder. `limit` may be changed; `told` is every
 * change of a job, in order, of which `onTold` hears at once.
 */
export function openQueue(
  limit: number,
  folder = tempFolder(),
  onTold: (job: Job) => void = () => undefined,
) {
  const storage = new Storage(folder, systemClock);
  onTestFinished(() => storage.dispose());
  const told: Job[] = [];
  const state = { limit };
  const queue = new EmbeddedQueue({
    storage,
    clock: systemClock,
    owner: storage.instance.id,
    limit: () => state.limit,
    thread: new ThreadShare(),
    onChange: (job) => {
      told.push(job);
      onTold(job);
    },
  });
  const add = (runId: string, jobs: readonly Job[]): void => {
    storage.runs.save(runningRun(runId), storage.instance.id);
    queue.add(jobs);
  };
  const drain = (runId: string, work: ChunkWork, options: Partial<DrainOptions> = {}) =>
    queue.drain(runId, work, {
      concurrency: () => 32,
      chunkSize: () => 1,
      priority: 0,
      timeoutMs: () => 60_000,
      signal: new AbortController().signal,
      ...options,
    });
  const states = (runId: string) => storage.jobs.list(runId).map((job) => job.state);
  return { storage, queue, told, state, add, drain, states, folder };
}
