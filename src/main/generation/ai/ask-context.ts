import type { ModelGate } from '#main/providers/model-gate.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ModelWorkContext } from '../engine/model-work.ts';
import type { AskSettings } from './settings.ts';

/** What models are reached by. */
export type Models = {
  readonly gate: ModelGate;
  /** The model that is set for a provider, or else the first that it offers. Throws where there is none. */
  modelOf(provider: ModelProvider, signal: AbortSignal): Promise<string>;
};

/** What the questions of one chunk stand on. */
export type AskContext = {
  readonly models: Models;
  readonly work: ModelWorkContext;
  readonly settings: AskSettings;
  /** Absolute path of the project. */
  readonly root: string;
};
