import { type Clock, steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { Durations } from '#main/core/metrics/durations.ts';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import type { CallFigures, CallSecond } from '#shared/calls.ts';
import type { ModelProvider, TokenUsage } from '#shared/providers.ts';
import { CallMetrics } from './call-metrics.ts';
import { CallSeconds } from './call-seconds.ts';
import { FigureNews } from './figure-news.ts';
import { type GateState, slowReasons } from './gate-state.ts';
import { type JobClock, JobTime } from './job-time.ts';
import { RecentTimes } from './recent-times.ts';

/** What "now" means for rates and reasons, in ms. */
const recentMs = 10_000;

/** What a record stands on. */
export type RecordOptions = {
  readonly metrics: Metrics;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of the figures, at most ten times a second and only when they changed. */
  readonly onFigures: (figures: CallFigures) => void;
};

/** Counts what goes on between the app and the models, where it happens. */
export class CallRecord implements AsyncResource {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #metrics: CallMetrics;
  readonly #durations = new Durations();
  readonly #seconds = new CallSeconds();
  readonly #answers = new RecentTimes(recentMs);
  readonly #refusals = new RecentTimes(recentMs);
  readonly #jobs = new JobTime();
  readonly #news: FigureNews;
  readonly #counts = {
    calls: 0,
    failed: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    unpriced: 0,
    cacheHits: 0,
    cacheMisses: 0,
    rateLimited: 0,
    retries: 0,
  };
  #shared = 0;
  #state: () => GateState = () => nothing;

  constructor({ metrics, clock, onFigures }: RecordOptions) {
    this.#clock = clock;
    this.#metrics = new CallMetrics(metrics);
    this.#news = new FigureNews(() => this.figures(), onFigures);
  }

  /** Names what tells how the gate stands. */
  follow(state: () => GateState): void {
    this.#state = state;
    this.changed();
  }

  /** The gate stands otherwise than before: what is in flight, waits, or is allowed. */
  changed(): void {
    const { inFlight, allowed } = this.#state();
    this.#seconds.note(this.#clock.now(), { inFlight, allowed });
    this.#news.changed();
  }

  /** A provider answered, so long after it was asked. */
  answered(provider: ModelProvider, ms: number, usage: TokenUsage, costUsd: number | null): void {
    const counts = this.#counts;
    counts.calls += 1;
    counts.inputTokens += usage.inputTokens ?? 0;
    counts.outputTokens += usage.outputTokens ?? 0;
    counts.costUsd += costUsd ?? 0;
    if (costUsd === null) counts.unpriced += 1;
    this.#durations.record(ms);
    this.#answers.add(steadyNow());
    this.#seconds.answered(this.#clock.now(), ms);
    this.#metrics.request(provider, ms, false);
    this.#metrics.used(provider, usage, costUsd);
    this.changed();
  }

  /** A request to a provider failed; it may be made again. */
  requestFailed(provider: ModelProvider, ms: number, isRateLimit: boolean): void {
    this.#metrics.request(provider, ms, true);
    if (isRateLimit) {
      this.#counts.rateLimited += 1;
      this.#refusals.add(steadyNow());
      this.#metrics.rateLimited(provider);
    }
    this.changed();
  }

  retried(provider: ModelProvider): void {
    this.#counts.retries += 1;
    this.#metrics.retried(provider);
    this.changed();
  }

  /** A call failed for good, after its retries and at every provider that it might go to. */
  failed(): void {
    this.#counts.failed += 1;
    this.changed();
  }

  /** A call was answered from the cache, or (`shared`) by the same call of another. */
  hit(shared: boolean): void {
    this.#counts.cacheHits += 1;
    if (shared) this.#shared += 1;
    else this.#metrics.lookedUp('hit');
    this.changed();
  }

  /** A call was looked up in the cache and not found. */
  missed(): void {
    this.#counts.cacheMisses += 1;
    this.#metrics.lookedUp('miss');
    this.changed();
  }

  /** Jobs that are done together begin: from their clocks the time that async saves is reckoned. */
  beginJobs(): JobClock {
    const clock = this.#jobs.begin();
    this.#news.changed();
    return {
      ...clock,
      end: () => {
        clock.end();
        this.#news.changed();
      },
    };
  }

  /** Calls that waited for the same call of another, and were answered by it. */
  get shared(): number {
    return this.#shared;
  }

  figures(): CallFigures {
    const now = steadyNow();
    const { mode, inFlight, queued, allowed, limit, ...rest } = this.#state();
    const recent = { answers: this.#answers.count(now), rateLimited: this.#refusals.count(now) };
    return {
      mode,
      inFlight,
      queued,
      allowed,
      limit,
      perSecond: recent.answers / (recentMs / 1000),
      p50Ms: this.#durations.quantileMs(0.5),
      p95Ms: this.#durations.quantileMs(0.95),
      p99Ms: this.#durations.quantileMs(0.99),
      ...this.#counts,
      ...this.#jobs.times,
      slow: slowReasons({ mode, inFlight, queued, allowed, limit, ...rest }, recent),
    };
  }

  /** The last so many seconds, oldest first. */
  seconds(count: number): readonly CallSecond[] {
    return this.#seconds.last(this.#clock.now(), count);
  }

  dispose(): void {
    this.#news.dispose();
  }
}

/** How things stand before a gate is there. */
const nothing: GateState = {
  mode: 'sync',
  inFlight: 0,
  queued: 0,
  allowed: 0,
  limit: 0,
  isCacheOn: true,
  isLate: false,
  isBroken: false,
};
