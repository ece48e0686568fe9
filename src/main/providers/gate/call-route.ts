import type { AcceptedFrom, CachedResponse, ResponseCache } from '#main/cache/response-cache.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { GatedAnswer, GateOptions } from '../model-gate.ts';
import type { FinishReason, ModelAnswer, ModelRequest, Providers } from '../provider.ts';
import type { Admissions } from './admissions.ts';
import { isOverBudget, isReroutable } from './call-faults.ts';
import type { CallRecord } from './call-record.ts';
import { currentMeter, waitForOthers } from './job-meter.ts';
import type { ProviderLane } from './provider-lane.ts';
import type { ProviderShares } from './provider-shares.ts';
import { requestKey } from './request-key.ts';
import type { RunBudgets, Spending } from './run-budgets.ts';
import type { FlightContext } from './single-flight.ts';

/** What a route stands on. */
export type RouteParts = {
  readonly providers: Providers;
  readonly cache: ResponseCache;
  readonly budgets: RunBudgets;
  readonly record: CallRecord;
  readonly lane: (provider: ModelProvider) => ProviderLane;
  /** In which order the providers of a call are asked. */
  readonly shares: ProviderShares;
  readonly admissions: Admissions;
};

type Leg = {
  readonly request: ModelRequest;
  readonly options: GateOptions;
  readonly context: FlightContext;
  readonly hasFallback: boolean;
  readonly onAttempt: () => void;
  /** Called once the cache had no answer. */
  readonly onMiss: () => void;
};

/** Tokens that an image is taken for where a request is estimated. */
const imageTokens = 1_000;

/**
 * Takes a request from provider to provider until one answers: at each the cache first, then room in
 * the run's budget, then the provider itself. An answer is kept under the request that it answers,
 * which after a change of provider is not the one that was asked.
 */
export class CallRoute {
  readonly #parts: RouteParts;

  constructor(parts: RouteParts) {
    this.#parts = parts;
  }

  /** Takes a call that came at `began`, in ms of the steady clock. Throws as `ModelGate` does. */
  async answer(
    request: ModelRequest,
    options: GateOptions,
    context: FlightContext,
    began: number,
  ): Promise<GatedAnswer> {
    const { shares, admissions } = this.#parts;
    const targets = shares.order([...new Set([request.provider, ...options.fallbacks])]);
    const failures: unknown[] = [];
    let attempts = 0;
    const admission = admissions.begin(began);
    for (const [at, provider] of targets.entries()) {
      let hasText = false;
      const text = (piece: string): void => {
        hasText = true;
        context.text(piece);
      };
      try {
        const answer = await this.#leg({
          request:
            provider === request.provider
              ? request
              : await this.#at(provider, request, context.signal),
          options,
          context: { ...context, text },
          hasFallback: at < targets.length - 1,
          onMiss: () => admission.missed(),
          onAttempt: () => {
            attempts += 1;
            admission.passed();
          },
        });
        if (answer.cached) admission.ended('hit');
        return { ...answer, attempts };
      } catch (error) {
        if (!isReroutable(error)) {
          if (isOverBudget(error)) admission.ended('over-budget');
          throw error;
        }
        failures.push(error);
        if (hasText) context.restart();
      }
    }
    if (failures.every(isLeftAlone)) admission.ended('refused');
    // That nobody may be asked now says less than why one that was asked did not answer.
    throw failures.find((one) => !isLeftAlone(one)) ?? failures[0];
  }

  /** The request as another provider is asked it: with the model that is set for that one. */
  async #at(
    provider: ModelProvider,
    request: ModelRequest,
    signal: AbortSignal,
  ): Promise<ModelRequest> {
    const model = await this.#parts.providers.modelOf(provider, signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      const message = `${provider} has no model to fall back on; set one in the settings.`;
      throw new OmegaError('UNAVAILABLE', message, { cause: error });
    });
    return { ...request, provider, model };
  }

  async #leg(leg: Leg): Promise<Omit<GatedAnswer, 'attempts'>> {
    const { request, options, context } = leg;
    const { provider, model } = request;
    const { cache, record, providers } = this.#parts;
    const key = options.cache === 'off' ? null : requestKey(request);
    const kept = key !== null && options.cache === 'use' ? await cache.get(key) : null;
    if (kept) {
      record.hit(false);
      context.text(kept.text);
      const written = kept.accepted ? acceptedOf(kept.accepted) : { provider, model };
      return { ...answerOf(kept), ...written, cached: true, costUsd: 0 };
    }
    if (key !== null && options.cache === 'use') record.missed();
    leg.onMiss();
    const answer = await this.#asked(leg);
    // One that was cut off or held back is not what a next call should get.
    if (key !== null && answer.finish === 'stop') {
      const { project, note } = options;
      const noted = note ? { ...note, model } : undefined;
      void cache.set(key, { provider, project }, { ...answer, ...answer.usage }, noted);
    }
    const costUsd = providers.costOf(provider, model, answer.usage);
    return { ...answer, provider, model, cached: false, costUsd };
  }

  async #asked({ request, options, context, hasFallback, onAttempt }: Leg): Promise<ModelAnswer> {
    const { budgets, lane } = this.#parts;
    const { signal } = context;
    const { runId, project, priority = 0 } = options;
    const room =
      runId === null
        ? null
        : await waitForOthers(budgets.reserve(runId, this.#most(request), signal));
    try {
      const answer = await lane(request.provider).call({
        request,
        signal,
        project,
        priority,
        hasFallback,
        // A text that nobody reads as it comes is asked for whole, which is less work.
        ...(options.onText ? { onText: context.text } : {}),
        onRestart: context.restart,
        onAttempt,
      });
      room?.settle(this.#spent(request, answer));
      const { provider, model } = request;
      currentMeter()?.spent(
        answer.usage,
        this.#parts.providers.costOf(provider, model, answer.usage),
      );
      // For who joined and reads it.
      if (!options.onText) context.text(answer.text);
      return answer;
    } finally {
      room?.release();
    }
  }

  #most(request: ModelRequest): Spending {
    const [inputTokens, outputTokens] = [inputOf(request), request.maxTokens];
    return this.#cost(request, inputTokens, outputTokens);
  }

  /** Where a provider does not count, its tokens are estimated: a budget must end somewhere. */
  #spent(request: ModelRequest, { usage, text }: ModelAnswer): Spending {
    return this.#cost(
      request,
      usage.inputTokens ?? inputOf(request),
      usage.outputTokens ?? text.length / 4,
    );
  }

  #cost({ provider, model }: ModelRequest, inputTokens: number, outputTokens: number): Spending {
    const usd = this.#parts.providers.costOf(provider, model, { inputTokens, outputTokens });
    return { usd, tokens: inputTokens + outputTokens };
  }
}

/** Tokens of a request: about four characters each. */
function inputOf({ system, prompt, images }: ModelRequest): number {
  return (system.length + prompt.length) / 4 + images.length * imageTokens;
}

function answerOf({ text, finish, inputTokens, outputTokens }: CachedResponse): ModelAnswer {
  return { text, finish: finish as FinishReason, usage: { inputTokens, outputTokens } };
}

/** Who wrote an answer that a person took over. */
function acceptedOf(accepted: AcceptedFrom): Pick<GatedAnswer, 'provider' | 'model' | 'accepted'> {
  return { provider: accepted.provider as ModelProvider, model: accepted.model, accepted };
}

function isLeftAlone(error: unknown): boolean {
  return error instanceof OmegaError && error.code === 'CIRCUIT_OPEN';
}
