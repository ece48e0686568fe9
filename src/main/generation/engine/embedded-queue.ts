import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Clock } from '#main/core/clock.ts';
import { withinTime } from '#main/core/lifecycle/within-time.ts';
import type { JobStore } from '#main/storage/job-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import type { DrainOptions, JobQueue, JobWork } from './job-queue.ts';

type Options = {
  readonly jobs: JobStore;
  readonly clock: Clock;
  /** Called with each job whenever it changed. */
  readonly onChange: (job: Job) => void;
};

/** The {@link JobQueue} of one machine: the store's rows are the truth, p-queue counts. */
export class EmbeddedQueue implements JobQueue {
  readonly #options: Options;
  readonly #draining = new Map<string, PQueue>();

  constructor(options: Options) {
    this.#options = options;
  }

  add(jobs: readonly Job[]): void {
    for (const job of jobs) this.#save(job);
  }

  async drain(
    runId: string,
    work: JobWork,
    { concurrency, timeoutMs, signal }: DrainOptions,
  ): Promise<void> {
    const queue = new PQueue({ concurrency });
    const broken: unknown[] = [];
    const stop = (): void => queue.clear();
    signal.addEventListener('abort', stop);
    this.#draining.set(runId, queue);
    try {
      const done = this.#options.jobs.unfinished(runId).map((job) =>
        queue
          .add(() => this.#run(job, work, timeoutMs(), signal))
          .catch((error: unknown) => {
            if (!signal.aborted) broken.push(error);
            queue.clear();
          }),
      );
      await Promise.all(done);
    } finally {
      this.#draining.delete(runId);
      signal.removeEventListener('abort', stop);
    }
    if (broken.length > 0) throw broken[0];
    for (const job of this.#options.jobs.unfinished(runId)) this.#end(job, 'cancelled', null);
  }

  setConcurrency(runId: string, concurrency: number): void {
    const queue = this.#draining.get(runId);
    if (queue) queue.concurrency = concurrency;
  }

  async #run(pending: Job, work: JobWork, ms: number, signal: AbortSignal): Promise<void> {
    // Lets the window paint and requests in between two jobs: most of a job holds the thread.
    await setImmediate();
    if (signal.aborted) return;
    const job: Job = { ...pending, state: 'running', startedAt: this.#options.clock.now() };
    this.#save(job);
    try {
      const count = await withinTime('This file', ms, (own) =>
        work(job, AbortSignal.any([signal, own])),
      );
      this.#end({ ...job, ...count }, 'completed', null);
    } catch (error) {
      if (signal.aborted) this.#end(job, 'cancelled', null);
      else this.#end(job, 'failed', failure(error));
    }
  }

  #end(job: Job, state: Job['state'], error: Job['error']): void {
    this.#save({ ...job, state, error, endedAt: this.#options.clock.now() });
  }

  #save(job: Job): void {
    this.#options.jobs.save(job);
    this.#options.onChange(job);
  }
}

function failure(error: unknown): Job['error'] {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `This file could not be made: ${message.slice(0, 500)}. The others are not affected.`,
    retryable: false,
  };
}
