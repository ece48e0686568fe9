import { cancelled } from '#main/core/abort.ts';
import { ensureAsyncCallable } from '#main/core/maybe-async/ensure.ts';
import { currentTrace, onBehalfOf } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';
import { type AsyncBatchFunction, answerBatch } from './answer-batch.ts';
import { Arrivals, lingerMs } from './arrivals.ts';
import { type BatchClock, machineBatchClock } from './batch-clock.ts';
import { type Entry, watchEntry } from './batch-entry.ts';
import { type BatchPolicy, batchPolicy } from './batch-policy.ts';
import type { BatcherOptions, BatchFunction, BatchReport } from './batcher-options.ts';
import { SizeLearner } from './size-learner.ts';
import { WaitingLine } from './waiting-line.ts';

/**
 * Groups single calls to a function that takes many. A call to an idle batcher goes at once. After a
 * batch a slot stands free for at most what the target leaves, where a fuller batch is cheaper; the
 * size of a batch is learnt from how long `fn` takes. Answers come back to their item; cancelled items
 * are left out of batches that have not begun.
 */
export class AdaptiveBatcher<I, O> {
  readonly #fn: AsyncBatchFunction<I, O>;
  readonly #line = new WaitingLine<Entry<I, O>>();
  readonly #clock: BatchClock;
  readonly #maxQueue: number;
  readonly #timeoutMs: number;
  readonly #onBatch: ((report: BatchReport) => void) | undefined;
  readonly #arrivals: Arrivals;
  #policy: BatchPolicy;
  #learner: SizeLearner;
  #slots: number;
  #inFlight = 0;
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
    this.#arrivals = new Arrivals(this.#clock.now());
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
      const trace = currentTrace();
      const entry = { item, at, trace, resolve, reject, release: null, batch: null, gone: false };
      if (signal) watchEntry(entry, signal, (left) => this.#line.drop(left));
      this.#line.push(entry);
      this.#arrivals.add();
      if (this.#inFlight >= this.#slots) return;
      if (this.#stopLingering === null || this.#line.size >= this.#preferred()) this.#schedule();
    });
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
    const controller = new AbortController();
    const batch = { controller, wanted: entries.length };
    for (const entry of entries) entry.batch = batch;
    this.#inFlight++;
    const within = { controller, timeoutMs: this.#timeoutMs, clock: this.#clock };
    // Of the policy that it began with: a change meanwhile is learnt from its own batches.
    const learner = this.#learner;
    // It goes on from the batch before, whose calls it is not for; of several it names the oldest.
    const failed = await onBehalfOf(entries[0]?.trace ?? null, () =>
      answerBatch(entries, this.#fn, within),
    );
    this.#inFlight--;
    const ended = this.#clock.now();
    const size = entries.length;
    if (!failed) learner.record(size, ended - begun);
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

  /** After a batch: the next one at once, unless waiting for a fuller one pays. */
  #next(now: number): void {
    const arrivalsPerMs = this.#arrivals.takeRate(now);
    // Callers that were answered just now may ask again; they are to be in the next batch.
    this.#clock.soon(() => {
      const wait = this.#stopLingering ? 0 : this.#lingerMs(arrivalsPerMs);
      if (wait <= 0) this.#begin();
      else this.#stopLingering = this.#clock.after(wait, () => this.#begin());
    });
  }

  #lingerMs(arrivalsPerMs: number): number {
    const oldest = this.#line.first();
    if (!oldest) return 0;
    const leftMs = this.#policy.targetLatencyMs - (this.#clock.now() - oldest.at);
    const [waiting, wanted] = [this.#line.size, this.#preferred()];
    return lingerMs({ waiting, wanted, leftMs, arrivalsPerMs, learner: this.#learner });
  }
}

function full(limit: number): OmegaError {
  const message = `${limit} items wait already; try again when some have been answered.`;
  const details = { reason: 'queue-full' };
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details });
}
