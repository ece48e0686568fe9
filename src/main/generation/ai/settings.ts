import type { RunSummary } from '#main/storage/run-store.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { EnsemblePreset, ModelProvider } from '#shared/providers.ts';

/** How models are asked for a run: what the run says, and else what is set. */
export type AskSettings = {
  readonly use: ModelProvider;
  /** Null means the one that is set for the provider. */
  readonly model: string | null;
  readonly fallbacks: readonly ModelProvider[];
  readonly ensemble: EnsemblePreset;
  readonly members: readonly ModelProvider[];
  readonly temperature: number;
  readonly maxTokens: number;
  readonly contextTokens: number;
  readonly repairRounds: number;
};

/** Reads them for a run, as they are now. Throws `INVALID_INPUT` for a run of the blueprints. */
export function askSettings(request: RunSummary['request'], config: Config): AskSettings {
  const { use } = request;
  if (use === 'blueprint') {
    throw new OmegaError('INVALID_INPUT', 'This run uses no model; choose a provider for it.');
  }
  const { providers } = config;
  const { contextTokens, repairRounds } = providers;
  const fallbacks = [...new Set(providers.fallbacks)].filter((other) => other !== use);
  return {
    use,
    model: request.model,
    fallbacks,
    ensemble: request.ensemble,
    members: providers.members.length > 0 ? [...new Set(providers.members)] : [use, ...fallbacks],
    temperature: request.temperature ?? providers.temperature,
    maxTokens: request.maxTokens ?? providers.maxTokens,
    contextTokens,
    repairRounds: request.ensemble === 'quality' ? Math.max(1, repairRounds) : repairRounds,
  };
}
