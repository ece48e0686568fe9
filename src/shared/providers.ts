import { z } from 'zod';
import type { ErrorData } from './error.ts';

/** Providers of models, the services and servers that answer a prompt. */
export const modelProviders = [
  'ollama',
  'openai',
  'compatible',
  'anthropic',
  'gemini',
  'watsonx',
] as const;
/** One of {@link modelProviders}. */
export type ModelProvider = (typeof modelProviders)[number];

/** What can make an artifact: the blueprints of this app, or a model of a provider. */
export const makers = ['blueprint', ...modelProviders] as const;
/** One of {@link makers}. */
export type Maker = (typeof makers)[number];

/** How an ensemble asks: which models, how often, and how warm. */
export const ensemblePresets = ['off', 'balanced', 'fast', 'quality', 'diverse'] as const;
/** One of {@link ensemblePresets}. */
export type EnsemblePreset = (typeof ensemblePresets)[number];

/** Tokens of one answer, as the provider counts them; null where it does not say. */
export type TokenUsage = {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

/** A model that a provider offers. */
export type ModelInfo = {
  readonly id: string;
  /** Tokens that a request and its answer may have together; null where the provider does not say. */
  readonly contextTokens: number | null;
  /** US dollars a million tokens; null where the price table has none for it. */
  readonly price: { readonly input: number; readonly output: number } | null;
};

/** Where a provider's key comes from. Its text never leaves the main process. */
export type KeySource =
  /** The environment sets it. */
  | { readonly from: 'environment'; readonly variable: string }
  /** The system's keyring, or an encrypted file where there is none. */
  | { readonly from: 'keyring' | 'file' }
  | { readonly from: 'none' };

/** A provider as the app knows it, without asking it. */
export type ProviderView = {
  readonly id: ModelProvider;
  readonly name: string;
  readonly url: string;
  /** Whether it can be used without a key. */
  readonly needsKey: boolean;
  readonly key: KeySource;
  /** The model that is set for it; empty where none is. */
  readonly model: string;
  /** What is missing before it can be used, as a sentence that says what to do; null where nothing is. */
  readonly lacks: string | null;
};

/** What a trial of a provider's connection came to. */
export type ProviderTest =
  | { readonly ok: true; readonly ms: number; readonly models: number }
  | { readonly ok: false; readonly ms: number; readonly error: ErrorData };

/** A key as it comes through a door; blank ones are refused. */
export const keySchema = z.string().trim().min(1).max(4096);
