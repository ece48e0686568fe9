import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { FetchFunction } from '@ai-sdk/provider-utils';
import type { ModelInfo } from '#shared/providers.ts';
import type { Endpoint } from '../transport/endpoint.ts';

/** A model as a provider lists it. */
export type ListedModel = Omit<ModelInfo, 'price'>;

/** What an adapter is made of; made anew when any of it changes. */
export type AdapterParts = {
  readonly endpoint: Endpoint;
  /** Null where there is none, and none is needed. */
  readonly key: string | null;
  readonly fetch: FetchFunction;
  /** What errors must not show; whoever gets a token for the key adds it. */
  readonly secrets: Set<string>;
};

/** One provider behind the SDK's model interface. */
export type Adapter = {
  readonly endpoint: Endpoint;
  model(id: string): LanguageModelV4;
  /** The models that can write text, in the provider's order. */
  list(signal: AbortSignal): Promise<readonly ListedModel[]>;
};
