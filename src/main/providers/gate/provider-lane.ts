import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { type Live, livePart } from '#main/core/live.ts';
import type { BreakerState } from '#main/core/resilience/guard.ts';
import { retryAfterMs, retryBackoff } from '#main/core/resilience/retry-backoff.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelAnswer, ModelRequest, Provider, Providers } from '../provider.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import { attempt } from './attempt.ts';
import { isRateLimit, isRetryable, leftAlone, restOf } from './call-faults.ts';
import type { CallQueue, CallTurn } from './call-queue.ts';
import type { CallRecord } from './call-record.ts';
import { currentMeter, waitForOthers } from './job-meter.ts';
import { LaneTally, type ProviderFigures } from './lane-tally.ts';
import { ProviderBreaker } from './provider-breaker.ts';

/** How often as many retries a 429 may have: it is told "later", which is no failure. */
const rateLimitPatience = 4;
/**
 * Of the first wait, what a call's first fault is waited for at most: one that came by chance is over
 * at once, and a call that waits keeps its job from the others. Any other fault is no chance.
 */
const firstFaultShare = 0.25;
/** Longest rest, in ms, that is waited for where no other provider could be asked. */
const longestRestMs = 60_000;

/** What a lane stands on. */
export type LaneOptions = {
  readonly id: Provider['id'];
  readonly providers: Providers;
  readonly config: Live<Config>;
  readonly queue: CallQueue;
  readonly record: CallRecord;
  /** Calls at once that the settings allow now. */
  readonly most: () => number;
  readonly onBreaker: (state: BreakerState) => void;
  /** Told where a bound alone holds the limit: calls wait below the upper one, are refused at the lower one. */
  readonly onStrain: (side: BoundSide) => void;
};

/** Which bound of a limit. */
export type BoundSide = 'upper' | 'lower';

/** One call, as a lane makes it. */
export type LaneCall = Omit<CallTurn, 'provider'> & {
  readonly request: ModelRequest;
  readonly hasFallback: boolean;
  /** Absent where nobody reads the text as it comes. */
  readonly onText?: (piece: string) => void;
  /** What came of the text is void: it comes anew. */
  readonly onRestart: () => void;
  /** Called before each request that is sent. */
  readonly onAttempt: () => void;
};

/**
 * The way to one provider: a breaker over calls, retries with decorrelated jitter, and for each
 * request a turn in the queue, within this provider's measured limit and outside of its rests.
 */
export class ProviderLane implements AsyncResource {
  readonly limit: AdaptiveLimit;
  readonly #options: LaneOptions;
  readonly #breaker: ProviderBreaker;
  readonly #tally = new LaneTally();
  #restsUntil = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.limit = new AdaptiveLimit(options.most, (asked, kept) =>
      this.#tally.edge({ at: steadyNow(), asked, kept }),
    );
    const policy = livePart(options.config, ({ breaker }) => breaker);
    this.#breaker = new ProviderBreaker(options.id, policy, options.onBreaker);
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  /** In how many ms its rest is over; 0 where it has none. */
  get restMs(): number {
    return Math.max(0, this.#restsUntil - steadyNow());
  }

  /** The error of a call that would be refused at once; null where it would not. */
  get whyLeftAlone(): Error | null {
    if (this.breaker === 'open') return this.#breaker.refusal();
    const { id } = this.#options;
    return this.restMs > longestRestMs ? leftAlone(id, 'asked for a rest', this.restMs) : null;
  }

  get figures(): ProviderFigures {
    const { limit, breaker } = this;
    const { id: provider, most } = this.#options;
    const { allowed, bounds } = limit;
    return { provider, ...this.#tally.figures, allowed, most: most(), bounds, breaker };
  }

  /** Whether a request may be sent now, where so many are in flight. */
  mayBegin(inFlight: number): boolean {
    return inFlight < this.limit.allowed && steadyNow() >= this.#restsUntil;
  }

  /** Makes a call. Throws as `Provider` does, and `CIRCUIT_OPEN` where it may not be asked now. */
  call(call: LaneCall): Promise<ModelAnswer> {
    return this.#breaker.run(() => this.#persist(call), call.signal);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#breaker.dispose();
  }

  async #persist(call: LaneCall): Promise<ModelAnswer> {
    const { config, id, record } = this.#options;
    const policy = config.current.retryPolicy;
    let backoff: Pick<ReturnType<typeof retryBackoff>, 'next'> = retryBackoff(policy);
    const left = { faults: policy.maxRetries, refusals: policy.maxRetries * rateLimitPatience };
    for (let count = 1; ; count += 1) {
      let hasText = false;
      try {
        const { onText } = call;
        const heard = (piece: string): void => {
          hasText = true;
          onText?.(piece);
        };
        return await this.#once(call, onText && heard);
      } catch (error) {
        const kind = isRateLimit(error) ? 'refusals' : 'faults';
        const isFirstFault = kind === 'faults' && left.faults === policy.maxRetries;
        left[kind] -= 1;
        if (!isRetryable(error) || left[kind] < 0 || this.breaker === 'open') throw error;
        if (hasText) call.onRestart();
        const next = backoff.next({ attempt: count, result: { error }, signal: call.signal });
        backoff = next;
        const soon = Math.random() * firstFaultShare * policy.initialDelayMs;
        const ms =
          isFirstFault && retryAfterMs(error) === 0 ? Math.min(next.duration, soon) : next.duration;
        const pause = wait(ms, undefined, { signal: call.signal }).catch(() => {
          throw cancelled(call.signal);
        });
        // Who asks alone is not told that it asks too often; a fault it meets as well.
        await (kind === 'refusals' ? waitForOthers(pause) : pause);
        record.retried(id);
      }
    }
  }

  async #once(call: LaneCall, onText: LaneCall['onText']): Promise<ModelAnswer> {
    const { id, queue, record, providers, config } = this.#options;
    this.#refuseLongRest(call.hasFallback);
    await providers.get(id).prepare?.();
    const end = await waitForOthers(queue.acquire({ ...call, provider: id }));
    const called = currentMeter()?.clock.calls();
    const began = steadyNow();
    try {
      // It may have opened while this call waited.
      if (this.breaker === 'open') throw this.#breaker.refusal();
      call.onAttempt();
      const epoch = this.limit.began();
      try {
        const timeoutMs = config.current.async.timeoutSecs * 1000;
        const { request, signal } = call;
        const answer = await attempt(providers.get(id), request, timeoutMs, signal, onText);
        this.#answered(call.request, answer, epoch, steadyNow() - began);
        return answer;
      } catch (error) {
        this.#failed(error, epoch);
        const isCancelled = error instanceof OmegaError && error.code === 'CANCELLED';
        if (!isCancelled) record.requestFailed(id, steadyNow() - began, isRateLimit(error));
        throw error;
      }
    } finally {
      called?.();
      end();
    }
  }

  #answered({ model }: ModelRequest, answer: ModelAnswer, epoch: number, ms: number): void {
    const { id, record, providers, queue, onStrain } = this.#options;
    const { text, usage } = answer;
    const tokens = usage.outputTokens ?? text.length / 4;
    this.limit.answered(epoch, steadyNow(), ms, tokens);
    this.#tally.answered(ms);
    if (this.limit.isBound && queue.queued > 0) onStrain('upper');
    record.answered(id, ms, usage, providers.costOf(id, model, usage));
  }

  #failed(error: unknown, epoch: number): void {
    const [now, restMs] = [steadyNow(), restOf(error)];
    if (!isRateLimit(error)) {
      if (isRetryable(error)) this.limit.failed(epoch, now);
      const code = error instanceof OmegaError ? error.code : 'INTERNAL';
      if (code !== 'CANCELLED') this.#tally.failed(code);
      return;
    }
    this.#tally.refused();
    if (this.limit.isHeldUp) this.#options.onStrain('lower');
    const others = this.#options.queue.inFlightAt(this.#options.id) - 1;
    // What it asks of one call here and there, or of one too many, is left to that call: while the
    // others are answered, a rest for all costs more than it spares.
    if (!this.limit.refused({ epoch, now, restMs, others })) return;
    const until = now + restMs;
    if (until <= this.#restsUntil) return;
    this.#restsUntil = until;
    this.#wakeAfterRest();
  }

  #wakeAfterRest(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        // Timers go by a coarser clock, and so may be early: then nobody else would wake the queue.
        if (steadyNow() < this.#restsUntil) this.#wakeAfterRest();
        else this.#options.queue.wake();
      },
      Math.max(1, Math.ceil(this.#restsUntil - steadyNow())),
    );
  }

  #refuseLongRest(hasFallback: boolean): void {
    const rest = this.restMs;
    const patience = hasFallback
      ? this.#options.config.current.retryPolicy.maxDelayMs
      : longestRestMs;
    if (rest > patience) throw leftAlone(this.#options.id, 'asked for a rest', rest);
  }
}
