import { currentTrace } from '#main/core/trace.ts';
import type { Job } from '#shared/run.ts';
import type { ChunkWork, Drained, DrainOptions } from './job-queue.ts';
import type { Taker } from './turns.ts';

/** Jobs of one project that are done together, as one of those at once. */
export type Chunk = { readonly drain: Drain; jobs: readonly Job[] };

/** A run that is worked through: what of it is under way, and how it will end. */
export class Drain implements Taker {
  readonly runId: string;
  readonly work: ChunkWork;
  readonly options: DrainOptions;
  /** The call that began it; its jobs belong to that one, whoever ended before them. */
  readonly trace = currentTrace();
  readonly underWay = new Set<Chunk>();
  readonly #result = Promise.withResolvers<Drained>();
  readonly #release = new AbortController();
  /** Aborts the work on its jobs: it was cancelled, or given up. */
  readonly signal: AbortSignal;
  /** Ends that are not on their way to the disk yet. */
  unwritten = 0;
  isPaused = false;
  #broken: { readonly error: unknown } | null = null;

  constructor(runId: string, work: ChunkWork, options: DrainOptions) {
    this.runId = runId;
    this.work = work;
    this.options = options;
    this.signal = AbortSignal.any([options.signal, this.#release.signal]);
  }

  /** Whether jobs that are not done go back: this process ends, and another will go on. */
  get isReleased(): boolean {
    return this.#release.signal.aborted && !this.isCancelled;
  }

  release(): void {
    this.isPaused = true;
    this.#release.abort();
  }

  get priority(): number {
    return this.options.priority;
  }

  get chunkSize(): number {
    return this.options.chunkSize();
  }

  get isCancelled(): boolean {
    return this.options.signal.aborted;
  }

  get mayBegin(): boolean {
    return !this.#stops && this.underWay.size < Math.max(1, this.options.concurrency());
  }

  /** How it ends. */
  get result(): Promise<Drained> {
    return this.#result.promise;
  }

  /** Whether it has ended: nothing is under way, and nothing will begin of so many that wait. */
  hasEnded(waiting: number): boolean {
    return this.underWay.size === 0 && this.unwritten === 0 && (waiting === 0 || this.#stops);
  }

  /** The queue cannot keep its rows: nothing more begins, and it rejects with the first such error. */
  break(error: unknown): void {
    this.#broken ??= { error };
  }

  /** Settles the result. */
  end(waiting: number): void {
    if (this.#broken) this.#result.reject(this.#broken.error);
    else this.#result.resolve(waiting > 0 && !this.isCancelled ? 'paused' : 'done');
  }

  get #stops(): boolean {
    return this.isPaused || this.isCancelled || this.#broken !== null;
  }
}
