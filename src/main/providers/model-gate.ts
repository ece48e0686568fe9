import type { AcceptedFrom, RequestNote } from '#main/cache/response-cache.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ModelAnswer, ModelRequest } from './provider.ts';

/** Whether a call may be answered from the cache (`use`), must be made anew and kept, or leaves the cache alone. */
export type CacheUse = 'use' | 'refresh' | 'off';

/** For whom a call is made, and how. */
export type GateOptions = {
  readonly signal: AbortSignal;
  /** Called with each piece of the text, in order; with all of it where the cache answers. */
  readonly onText?: (piece: string) => void;
  /** What came so far is void: the request is made again, and its text comes from the beginning. */
  readonly onRestart?: () => void;
  readonly cache: CacheUse;
  /** Run whose budget the call is counted to; null where it belongs to none. */
  readonly runId: string | null;
  /** Absolute path of the project that it is for; the cache can be emptied by it. */
  readonly project: string | null;
  /** What the request is about, kept beside the answer; left out where that is never to be suggested. */
  readonly note?: RequestNote | null;
  /** Higher goes first among the calls that wait. */
  readonly priority?: number;
  /** Providers that are asked where this one cannot answer now, in order. */
  readonly fallbacks: readonly ModelProvider[];
};

/** An answer with how it came about. */
export type GatedAnswer = ModelAnswer & {
  /** Who answered: not who was asked where that one could not. */
  readonly provider: ModelProvider;
  readonly model: string;
  /** From the cache, or by the same call of another that was under way. */
  readonly cached: boolean;
  /** There where a person accepted another request's answer for this one: that one's writer answered. */
  readonly accepted?: AcceptedFrom;
  /** 0 for one from the cache; null where the price is unknown. */
  readonly costUsd: number | null;
  /** Calls that were really made, retries among them. */
  readonly attempts: number;
};

/**
 * The one way to a model: cache, budget, limit of calls at once, breaker and retry of each provider,
 * re-routing to the next, and a record of every call. Fails as `Provider` does, and with
 * `CIRCUIT_OPEN` where no provider may be asked now and `REFUSED` with `details.budget` where the
 * run's budget is used up.
 */
export interface ModelGate {
  call(request: ModelRequest, options: GateOptions): Promise<GatedAnswer>;
}
