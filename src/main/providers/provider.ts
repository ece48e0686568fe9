import type { ModelInfo, ModelProvider, TokenUsage } from '#shared/providers.ts';

/** An image that goes with a prompt. */
export type PromptImage = { readonly mediaType: string; readonly data: Uint8Array };

/** Everything that decides what a model answers: the cache's key is the hash of all of it. */
export type ModelRequest = {
  readonly provider: ModelProvider;
  /** Never empty: whoever asks has looked up which one is meant. */
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly images: readonly PromptImage[];
  readonly temperature: number;
  readonly maxTokens: number;
  /** JSON schema that the answer must fit; null where it is free text. */
  readonly schema: Readonly<Record<string, unknown>> | null;
};

/** Why a model stopped: at its end, at `maxTokens`, by the provider's filter, or for another reason. */
export type FinishReason = 'stop' | 'length' | 'filter' | 'other';

/** What a model answered. */
export type ModelAnswer = {
  readonly text: string;
  readonly usage: TokenUsage;
  readonly finish: FinishReason;
};

/** How one call is made. */
export type ProviderCallOptions = {
  /** Closes the connection. */
  readonly signal: AbortSignal;
  /** Called with each piece of the text as it comes, in order. */
  readonly onText?: (piece: string) => void;
};

/**
 * One provider, asked once: no cache, no retry, no limit. Every failure is an `OmegaError`:
 * `UNAUTHORIZED` (no key, a wrong or expired one), `NOT_FOUND` (no such model), `INVALID_INPUT` (the
 * provider refuses the request), `REFUSED` (an answer over the limits), `UNAVAILABLE` (not there,
 * overloaded, cut off, no LLM; `retryable`, with `details.status` and, where the provider says so,
 * `details.retryAfterMs`), `TIMEOUT`, `CANCELLED`. No message holds a key.
 */
export interface Provider {
  readonly id: ModelProvider;
  /** Loads what the first call needs, so that it is not in its time; never fails. */
  prepare?(): Promise<void>;
  call(request: ModelRequest, options: ProviderCallOptions): Promise<ModelAnswer>;
  /** The models that it offers and that can write text. */
  models(signal: AbortSignal): Promise<readonly ModelInfo[]>;
}

/** The providers, each as the settings and keys of this moment make it. */
export interface Providers {
  get(id: ModelProvider): Provider;
  /** The model that is set for a provider, or else the first that it offers. Throws where there is none. */
  modelOf(id: ModelProvider, signal: AbortSignal): Promise<string>;
  /** What so many tokens of a model cost in US dollars; null where the price or the count is unknown. */
  costOf(id: ModelProvider, model: string, usage: TokenUsage): number | null;
}
