import { cancelled } from '#main/core/abort.ts';
import { ensureAsyncCallable } from '#main/core/maybe-async/ensure.ts';
import { OmegaError } from '#shared/error.ts';
import { type BatchClock, machineBatchClock } from './batch-clock.ts';
import { type BatchPolicy, batchPolicy } from './batch-policy.ts';
import type { BatcherOptions, BatchFunction, BatchReport } from './batcher-options.ts';
import { SizeLearner } from './size-learner.ts';
import { WaitingLine } from './waiting-line.ts';
import { withinDeadline } from './within-deadline.ts';

type Entry<I, O> = {
  readonly item: I;
  readonly at: number;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
  /** Forgets the caller's signal. */
  release: (() => void) | null;
  batch: Batch | null;
  gone: boolean;
};

type Batch = { readonly controller: AbortController; wanted: number };

/** What a fuller batch may cost an item, over a batch of what waits, for waiting to be worthwhile. */
const worthwhile = 0.9;

/**
 * Groups single calls to a function that takes many. A call to an idle batcher goes at once. After a
 * batch a slot stands free for at most what the target leaves, where a fuller batch is cheaper; the size of a batch is learnt from how long `fn`
 * takes. Answers come back to their item; cancelled items are left out of batches that have not begun.
 */
export class AdaptiveBatcher<I, O> {
  readonly #fn: (items: readonly I[], signal: AbortSignal) => Promise<readonly (O | Error)[]>;
  readonly #line = new WaitingLine<Entry<I, O>>();
  readonly #clock: BatchClock;
  readonly #maxQueue: number;
  readonly #timeoutMs: number;
  readonly #onBatch: ((report: BatchReport) => void) | undefined;
  #policy: BatchPolicy;
  #learner: SizeLearner;
  #slots: number;
  #inFlight = 0;
  #arrived = 0;
  #countingSince: number;
  #scheduled = false;
  #stopLingering: (() => void) | null = null;

  constructor(
    fn: BatchFunction<I, O>,
    policy: Partial<BatchPolicy> = {},
    options: BatcherOptions = {},
  ) {
    this.#fn = ensureAsyncCallable(fn);
    this.#policy = batchPolicy(policy);
    this.#learner = new SizeLearner(this.#policy);
    this.#clock = options.clock ?? machineBatchClock;
    this.#maxQueue = options.maxQueue ?? 10_000;
    this.#slots = options.slots ?? 1;
    this.#timeoutMs = options.timeoutMs ?? 60_000;
    this.#onBatch = options.onBatch;
    this.#countingSince = this.#clock.now();
  }

  /** Items that wait for a batch. */
  get queued(): number {
    return this.#line.size;
  }

  /** Most items that the next batch will have. */
  get limit(): number {
    return this.#learner.limit;
  }

  /** Changes policy or slots from the next batch on; sizes are learnt anew for a new policy. */
  reconfigure(change: { readonly policy?: Partial<BatchPolicy>; readonly slots?: number }): void {
    if (change.policy) {
      this.#policy = batchPolicy({ ...this.#policy, ...change.policy });
      this.#learner = new SizeLearner(this.#policy);
    }
    this.#slots = change.slots ?? this.#slots;
    this.#schedule();
  }

  /**
   * The answer for one item. Rejects with its error, with that of its batch, with `UNAVAILABLE`
   * (retryable) where the queue is full, `TIMEOUT` where `fn` takes too long, or `CANCELLED`.
   */
  run(item: I, signal?: AbortSignal): Promise<O> {
    if (signal?.aborted) return Promise.reject(cancelled(signal));
    if (this.#line.size >= this.#maxQueue) return Promise.reject(full(this.#maxQueue));
    return new Promise<O>((resolve, reject) => {
      const at = this.#clock.now();
      const entry: Entry<I, O> = {
        item,
        at,
        resolve,
        reject,
        release: null,
        batch: null,
        gone: false,
      };
      if (signal) this.#watch(entry, signal);
      this.#line.push(entry);
      this.#arrived++;
      if (this.#inFlight >= this.#slots) return;
      if (this.#stopLingering === null || this.#line.size >= this.#preferred()) this.#schedule();
    });
  }

  #watch(entry: Entry<I, O>, signal: AbortSignal): void {
    const leave = (): void => {
      const { batch } = entry;
      if (batch === null) this.#line.drop(entry);
      else {
        entry.gone = true;
        if (--batch.wanted === 0) batch.controller.abort(signal.reason);
      }
      entry.reject(cancelled(signal));
    };
    signal.addEventListener('abort', leave, { once: true });
    entry.release = () => signal.removeEventListener('abort', leave);
  }

  #preferred(): number {
    return Math.min(this.#policy.minBatch, this.#learner.limit);
  }

  /** Begins batches a moment later, so that calls made together go together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock.soon(() => {
      this.#scheduled = false;
      this.#begin();
    });
  }

  #begin(): void {
    this.#stopLingering?.();
    this.#stopLingering = null;
    while (this.#inFlight < this.#slots && this.#line.size > 0) {
      void this.#serve(this.#line.take(this.#learner.limit));
    }
  }

  async #serve(entries: readonly Entry<I, O>[]): Promise<void> {
    const begun = this.#clock.now();
    const batch: Batch = { controller: new AbortController(), wanted: entries.length };
    for (const entry of entries) entry.batch = batch;
    this.#inFlight++;
    const failed = await this.#answer(entries, batch.controller);
    this.#inFlight--;
    const ended = this.#clock.now();
    const size = entries.length;
    if (!failed) this.#learner.record(size, ended - begun);
    const oldest = entries[0]?.at ?? begun;
    this.#onBatch?.({
      size,
      waitMs: begun - oldest,
      serviceMs: ended - begun,
      latencyMs: ended - oldest,
      failed,
      queued: this.#line.size,
      limit: this.#learner.limit,
    });
    this.#next(ended);
  }

  /** Calls `fn` and hands its answers out; true where it failed as a whole. */
  async #answer(entries: readonly Entry<I, O>[], controller: AbortController): Promise<boolean> {
    try {
      const items = entries.map(({ item }) => item);
      const answers = await withinDeadline(
        this.#fn(items, controller.signal),
        this.#timeoutMs,
        controller,
        this.#clock,
      );
      if (answers.length !== entries.length) {
        const message = `A batch of ${entries.length} items got ${answers.length} answers.`;
        throw new OmegaError('INTERNAL', message);
      }
      for (const [index, entry] of entries.entries()) {
        const answer = answers[index] as O | Error;
        entry.release?.();
        if (answer instanceof Error) entry.reject(answer);
        else entry.resolve(answer);
      }
      return false;
    } catch (error) {
      for (const entry of entries) {
        entry.release?.();
        entry.reject(error);
      }
      return true;
    }
  }

  /** After a batch: the next one at once, unless waiting for a fuller one pays. */
  #next(now: number): void {
    const perMs = this.#arrived / Math.max(now - this.#countingSince, 0.001);
    this.#arrived = 0;
    this.#countingSince = now;
    // Callers that were answered just now may ask again; they are to be in the next batch.
    this.#clock.soon(() => {
      const wait = this.#stopLingering ? 0 : this.#lingerMs(perMs);
      if (wait <= 0) this.#begin();
      else this.#stopLingering = this.#clock.after(wait, () => this.#begin());
    });
  }

  /** How long to let a slot stand free for a fuller batch; 0 where it does not pay. */
  #lingerMs(arrivalsPerMs: number): number {
    const waiting = this.#line.size;
    const oldest = this.#line.first();
    const wanted = this.#preferred();
    if (!oldest || waiting >= wanted || arrivalsPerMs === 0) return 0;
    const [now, full] = [this.#learner.expectedMs(waiting), this.#learner.expectedMs(wanted)];
    if (now === null || full === null) return 0;
    const wait = (wanted - waiting) / arrivalsPerMs;
    const left = this.#policy.targetLatencyMs - (this.#clock.now() - oldest.at) - full;
    if (wait > left || full / wanted >= (now / waiting) * worthwhile) return 0;
    return Math.min(left, 2 * wait);
  }
}

function full(limit: number): OmegaError {
  const message = `${limit} items wait already; try again when some have been answered.`;
  const details = { reason: 'queue-full' };
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details });
}
