import type { Clock } from '#main/core/clock.ts';
import { onBehalfOf } from '#main/core/trace.ts';
import { metered } from '#main/providers/gate/job-meter.ts';
import { type JobClock, JobTime } from '#main/providers/gate/job-time.ts';
import type { Storage } from '#main/storage/storage.ts';
import { OmegaError } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import { ChunkTally } from './chunk-tally.ts';
import { type Chunk, Drain } from './drain.ts';
import { jobFailure } from './job-failure.ts';
import type { ChunkWork, Drained, DrainOptions, JobOutcome, JobQueue } from './job-queue.ts';
import { runAsync } from './run-async.ts';
import type { ThreadShare } from './thread-share.ts';
import { Turns } from './turns.ts';

/** What the queue stands on. */
export type EmbeddedQueueOptions = {
  readonly storage: Pick<Storage, 'jobs' | 'transaction'>;
  readonly clock: Clock;
  /** Whose name is on the jobs that it claims: the instance of this process. */
  readonly owner: string;
  /** Most chunks under way at once, over all runs; asked again whenever one could begin. */
  readonly limit: () => number;
  /** Shared with whatever else holds the thread for these jobs. */
  readonly thread: ThreadShare;
  /** Times the jobs of a chunk, from their beginning; a clock of the queue's own where absent. */
  readonly beginJobs?: () => JobClock;
  /** Called with each job when its change is kept. */
  readonly onChange: (job: Job) => void;
};

/** A job as it is to be kept now that its work is over. */
type End = { readonly drain: Drain; readonly job: Job };

/**
 * The {@link JobQueue} of one machine. The rows of the store are the truth: several processes may
 * work on one run, and no job is begun by two. What ends and begins in one turn is one transaction.
 */
export class EmbeddedQueue implements JobQueue {
  readonly #options: EmbeddedQueueOptions;
  readonly #drains = new Map<string, Drain>();
  readonly #turns = new Turns<Drain>();
  readonly #time = new JobTime();
  #ends: End[] = [];
  #underWay = 0;
  #isScheduled = false;

  constructor(options: EmbeddedQueueOptions) {
    this.#options = options;
  }

  add(jobs: readonly Job[]): void {
    const { storage, onChange } = this.#options;
    storage.transaction(() => {
      for (const job of jobs) storage.jobs.save(job);
    });
    for (const job of jobs) onChange(job);
  }

  async drain(runId: string, work: ChunkWork, options: DrainOptions): Promise<Drained> {
    if (this.#drains.has(runId)) {
      throw new OmegaError('CONFLICT', `Run ${runId} is worked through already.`);
    }
    const drain = new Drain(runId, work, options);
    this.#turns.add(drain, this.#options.storage.jobs.pending(runId));
    const look = (): void => this.wake();
    options.signal.addEventListener('abort', look);
    this.#drains.set(runId, drain);
    this.wake();
    try {
      return await drain.result;
    } finally {
      options.signal.removeEventListener('abort', look);
    }
  }

  pause(runId: string): void {
    const drain = this.#drains.get(runId);
    if (!drain) return;
    drain.isPaused = true;
    this.wake();
  }

  release(runId: string): void {
    const drain = this.#drains.get(runId);
    if (!drain) return;
    drain.release();
    this.wake();
  }

  waiting(runId: string): number {
    const drain = this.#drains.get(runId);
    return drain && !drain.isPaused ? this.#turns.waiting(drain) : 0;
  }

  wake(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#options.thread.soon(() => this.#turn());
  }

  /** Keeps what has ended since the last turn, and begins what may begin now. */
  #turn(): void {
    this.#isScheduled = false;
    const ends = this.#ends;
    this.#ends = [];
    const chunks = this.#take();
    const kept = this.#keep(ends, chunks);
    for (const { drain } of ends) drain.unwritten -= 1;
    for (const { drain, job } of kept) this.#tell(drain, job);
    for (const drain of this.#drains.values()) this.#settle(drain);
    this.#begin(chunks.filter((chunk) => chunk.jobs.length > 0 || this.#leave(chunk)));
  }

  #take(): Chunk[] {
    const chunks: Chunk[] = [];
    while (this.#underWay < Math.max(1, this.#options.limit())) {
      const turn = this.#turns.next();
      if (!turn) break;
      const chunk = { drain: turn.taker, jobs: turn.jobs };
      chunk.drain.underWay.add(chunk);
      this.#underWay += 1;
      chunks.push(chunk);
    }
    return chunks;
  }

  /** Writes the rows and says which changed; a chunk keeps the jobs that nobody else had claimed. */
  #keep(ends: readonly End[], chunks: readonly Chunk[]): readonly End[] {
    if (ends.length === 0 && chunks.length === 0) return [];
    const { storage, owner, clock } = this.#options;
    try {
      return storage.transaction(() => {
        const ended = ends.filter(({ job }) => storage.jobs.end(job, owner));
        const now = clock.now();
        const claimed = chunks.flatMap((chunk) => {
          const name = clock.id();
          chunk.jobs = chunk.jobs.flatMap(
            ({ id }) => storage.jobs.claim(id, owner, name, now) ?? [],
          );
          return chunk.jobs.map((job) => ({ drain: chunk.drain, job }));
        });
        return [...ended, ...claimed];
      });
    } catch (error) {
      for (const { drain } of [...ends, ...chunks]) drain.break(error);
      for (const chunk of chunks) chunk.jobs = [];
      return [];
    }
  }

  /** Begins the work on chunks, with a pause wherever that has held the thread. */
  #begin(chunks: readonly Chunk[]): void {
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0 && this.#options.thread.isHeld) {
        this.#options.thread.soon(() => this.#begin(chunks.slice(index)));
        return;
      }
      onBehalfOf(chunk.drain.trace, () => void this.#work(chunk));
    }
  }

  async #work(chunk: Chunk): Promise<void> {
    const { drain, jobs } = chunk;
    const { timeoutMs } = drain.options;
    const { signal } = drain;
    const open = new Map(jobs.map((job) => [job.id, job]));
    const tally = new ChunkTally(this.#options.beginJobs?.() ?? this.#time.begin());
    const report = (id: string, outcome: JobOutcome): void => {
      const job = open.get(id);
      if (!job) return;
      const share = tally.take(job, outcome, open.size);
      open.delete(id);
      this.#ended(drain, { ...job, ...share }, outcome);
    };
    let failure = leftOut;
    try {
      const work = (own: AbortSignal) => metered(tally.meter, () => drain.work(jobs, report, own));
      await runAsync(work, {
        what: jobs.length === 1 ? 'This file' : `These ${jobs.length} files`,
        timeoutMs: timeoutMs(jobs.length),
        signal,
      });
    } catch (error) {
      failure = jobFailure(error);
    }
    for (const id of [...open.keys()]) report(id, { state: 'failed', error: failure });
    tally.end();
    this.#leave(chunk);
  }

  /** Frees the place of a chunk; false, so that a filter leaves it out. */
  #leave(chunk: Chunk): false {
    chunk.drain.underWay.delete(chunk);
    this.#underWay -= 1;
    this.wake();
    return false;
  }

  #ended(drain: Drain, job: Job, outcome: JobOutcome): void {
    const endedAt = this.#options.clock.now();
    if (outcome.state === 'pending' || (outcome.state === 'failed' && drain.isReleased)) {
      const back: Job = { ...job, state: 'pending', startedAt: null, workMs: null };
      this.#turns.putBack(drain, [back]);
      this.#ends.push({ drain, job: back });
    } else if (outcome.state === 'completed') {
      const { files, errors, warnings } = outcome.count;
      const made = { ...job, files, errors, warnings, endedAt };
      this.#ends.push({ drain, job: { ...made, state: 'completed' } });
    } else if (drain.isCancelled) {
      this.#ends.push({ drain, job: { ...job, state: 'cancelled', endedAt } });
    } else {
      this.#ends.push({ drain, job: { ...job, state: 'failed', error: outcome.error, endedAt } });
    }
    drain.unwritten += 1;
    this.wake();
  }

  #settle(drain: Drain): void {
    const waiting = this.#turns.waiting(drain);
    if (!drain.hasEnded(waiting)) return;
    this.#turns.remove(drain);
    this.#drains.delete(drain.runId);
    try {
      const { storage, clock } = this.#options;
      const gone = drain.isCancelled ? storage.jobs.cancelPending(drain.runId, clock.now()) : [];
      for (const job of gone) this.#tell(drain, job);
    } catch (error) {
      drain.break(error);
    }
    drain.end(waiting);
  }

  #tell(drain: Drain, job: Job): void {
    onBehalfOf(drain.trace, () => this.#options.onChange(job));
  }
}

const leftOut = new OmegaError(
  'INTERNAL',
  'This file was left out of what was made together; run it again.',
  { retryable: true },
).toData();
