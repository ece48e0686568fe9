import { throwIfCancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { type Live, livePart } from '#main/core/live.ts';
import type { Logger } from '#main/core/logger.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { GatedAnswer, GateOptions, ModelGate } from '../model-gate.ts';
import type { ModelRequest } from '../provider.ts';
import type { LimitBounds } from './adaptive-limit.ts';
import { Admissions } from './admissions.ts';
import { type Admitted, admittedNow } from './admitted.ts';
import { isOverBudget } from './call-faults.ts';
import { CallQueue } from './call-queue.ts';
import { CallRoute, type RouteParts } from './call-route.ts';
import type { GateState } from './gate-state.ts';
import { waitForOthers } from './job-meter.ts';
import type { ProviderFigures } from './lane-tally.ts';
import { type BoundSide, ProviderLane } from './provider-lane.ts';
import { ProviderShares } from './provider-shares.ts';
import { requestKey } from './request-key.ts';
import { SingleFlight } from './single-flight.ts';

/** What the gate stands on. */
export type GateParts = Omit<RouteParts, 'lane' | 'shares' | 'admissions'> & {
  readonly config: Live<Config>;
  readonly logger: Logger;
  readonly emit: (event: RuntimeEvent) => void;
};

/** A bound that alone holds the limit of a provider. */
export type GateStrain = { readonly provider: ModelProvider; readonly side: BoundSide };

/**
 * The gate of this machine. A call goes through, in this order: the same call of another that is
 * under way, the cache, the run's budget, the provider's breaker, its turn (fair, within the limit of
 * the settings and the measured one of the provider), retries, and the next provider.
 */
export class CallGate implements ModelGate, AsyncResource {
  /** How requests were admitted. */
  readonly admissions = new Admissions();
  readonly #shares = new ProviderShares();
  readonly #parts: GateParts;
  readonly #route: CallRoute;
  readonly #queue: CallQueue;
  readonly #flights = new SingleFlight<GatedAnswer>();
  readonly #lanes = new Map<ModelProvider, ProviderLane>();
  readonly #bounds = new Map<ModelProvider, LimitBounds>();
  readonly #stop: () => void;
  #jobsWaiting: () => number = () => 0;
  #onStrain: (strain: GateStrain) => void = () => undefined;

  constructor(parts: GateParts) {
    this.#parts = parts;
    const { config, record } = parts;
    this.#queue = new CallQueue({
      limit: () => this.#limit(),
      mayBegin: (provider, inFlight) => this.#lane(provider).mayBegin(inFlight),
      onChange: () => record.changed(),
    });
    this.#route = new CallRoute({
      ...parts,
      lane: (provider) => this.#lane(provider),
      shares: this.#shares,
      admissions: this.admissions,
    });
    const relevant = livePart(config, ({ async, cache }) => [async, cache.enabled]);
    this.#stop = relevant.listen(() => {
      this.#queue.wake();
      record.changed();
    });
    record.follow(() => this.#state());
  }

  async call(request: ModelRequest, options: GateOptions): Promise<GatedAnswer> {
    throwIfCancelled(options.signal);
    const began = steadyNow();
    try {
      const answer = await this.#answer(request, options, began);
      this.#log(request, options, steadyNow() - began, answer);
      return answer;
    } catch (error) {
      this.#logFailure(request, options, steadyNow() - began, error);
      throw error;
    }
  }

  /** Whether calls are in flight or wait for their turn. */
  get isBusy(): boolean {
    return this.#queue.inFlight + this.#queue.queued > 0;
  }

  /** Between which numbers the measured limit of a provider may move; the settings' limit stays above. */
  setBounds(provider: ModelProvider, bounds: LimitBounds): void {
    this.#bounds.set(provider, bounds);
    const lane = this.#lanes.get(provider);
    if (!lane) return;
    lane.limit.bounds = bounds;
    this.#queue.wake();
    this.#parts.record.changed();
  }

  /** Sets the share of calls that ask a provider in the order of the settings; the others ask it last. */
  setShare(provider: ModelProvider, share: number): void {
    this.#shares.set(provider, share);
  }

  shareOf(provider: ModelProvider): number {
    return this.#shares.of(provider);
  }

  /** Names whom to tell where a bound alone holds a limit. */
  onStrain(tell: (strain: GateStrain) => void): void {
    this.#onStrain = tell;
  }

  /** The providers that were asked since the app started. */
  get figures(): readonly ProviderFigures[] {
    return [...this.#lanes.values()].map((lane) => lane.figures);
  }

  /** See {@link admittedNow}. */
  admits(request: ModelRequest): Promise<Admitted> {
    const { config, cache } = this.#parts;
    const isCacheOn = config.current.cache.enabled;
    const lane = this.#lane(request.provider);
    return admittedNow(request, { cache: isCacheOn ? cache : null, lane, queue: this.#queue });
  }

  /** Names what tells how many jobs wait that have not asked yet: their calls are queued too. */
  countWaiting(jobs: () => number): void {
    this.#jobsWaiting = jobs;
  }

  dispose(): void {
    this.#stop();
    for (const lane of this.#lanes.values()) lane.dispose();
  }

  async #answer(request: ModelRequest, options: GateOptions, began: number): Promise<GatedAnswer> {
    const { config, record } = this.#parts;
    if (options.cache === 'off' || !config.current.cache.enabled) {
      const { signal, onText, onRestart } = options;
      const text = (piece: string): void => onText?.(piece);
      const restart = (): void => onRestart?.();
      const context = { signal, text, restart };
      return this.#route.answer(request, { ...options, cache: 'off' }, context, began);
    }
    const key = `${requestKey(request)} ${options.fallbacks.join()}`;
    const isJoining = this.#flights.has(key);
    try {
      const flight = this.#flights.join(key, options, (context) =>
        this.#route.answer(request, options, context, began),
      );
      // One after the other the cache would have it.
      const value = await (isJoining ? waitForOthers(flight) : flight);
      if (!isJoining) return value;
      record.hit(!value.cached);
      this.admissions.note('shared', null);
      return { ...value, cached: true, costUsd: 0, attempts: 0 };
    } catch (error) {
      // The budget that is used up is that of whoever began it.
      if (isJoining && isOverBudget(error)) return this.#answer(request, options, began);
      throw error;
    }
  }

  #lane(id: ModelProvider): ProviderLane {
    const known = this.#lanes.get(id);
    if (known) return known;
    const { providers, config, record, emit } = this.#parts;
    const lane = new ProviderLane({
      id,
      providers,
      config,
      record,
      queue: this.#queue,
      most: () => this.#limit(),
      onStrain: (side) => this.#onStrain({ provider: id, side }),
      onBreaker: (state) => {
        emit({ type: 'breaker.changed', subsystem: id, state });
        record.changed();
      },
    });
    const bounds = this.#bounds.get(id);
    if (bounds) lane.limit.bounds = bounds;
    this.#lanes.set(id, lane);
    return lane;
  }

  #limit(): number {
    const { enabled, concurrency } = this.#parts.config.current.async;
    return enabled ? concurrency : 1;
  }

  #state(): GateState {
    const lanes = [...this.#lanes.values()];
    const measured = lanes.reduce((sum, { limit }) => sum + limit.allowed, 0);
    const { async, cache } = this.#parts.config.current;
    const limit = this.#limit();
    return {
      mode: async.enabled ? 'async' : 'sync',
      inFlight: this.#queue.inFlight,
      queued: this.#queue.queued + this.#jobsWaiting(),
      allowed: lanes.length === 0 ? limit : Math.min(limit, measured),
      limit,
      isCacheOn: cache.enabled,
      isLate: lanes.some((lane) => lane.limit.isLate),
      isBroken: lanes.some(({ breaker }) => breaker !== 'closed'),
    };
  }

  #log(request: ModelRequest, options: GateOptions, ms: number, answer: GatedAnswer): void {
    const { provider, model, cached, costUsd, attempts, usage, finish } = answer;
    const fields = { provider, model, cached, costUsd, attempts, ...usage, finish };
    const level = cached ? 'debug' : 'info';
    this.#parts.logger[level]({ ...about(request, options, ms), ...fields }, 'A model answered.');
  }

  #logFailure(request: ModelRequest, options: GateOptions, ms: number, error: unknown): void {
    const { logger, record } = this.#parts;
    const code = error instanceof OmegaError ? error.code : 'INTERNAL';
    if (code !== 'CANCELLED') record.failed();
    logger.info({ ...about(request, options, ms), code }, 'A call to a model failed.');
  }
}

/** What the log says of a call: never its text. */
function about(request: ModelRequest, { runId, project }: GateOptions, ms: number) {
  return { asked: request.provider, askedModel: request.model, ms: Math.round(ms), runId, project };
}
