import type { Clock } from '#main/core/clock.ts';
import type { Intelligence, IntelligenceSpecInput } from '#shared/intelligence.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** What files are asked of models with now, and what has been done since. */
export type GenerationNow = {
  /** Who is asked; `blueprint` is no model. */
  readonly use: 'blueprint' | ModelProvider;
  /** Providers that can be asked, with the model of each. */
  readonly ready: readonly { readonly provider: ModelProvider; readonly model: string | null }[];
  /** The strategy in force, by setting. */
  readonly strategy: Readonly<Record<string, string | number>>;
  readonly roots: readonly string[];
  /** The latest run, and how many of the files that are kept were accepted; new ones are new history. */
  readonly lastRun: string | null;
  readonly accepted: number;
};

/** What a person allows. */
export type EvolutionLimits = {
  /** US dollars that a search may cost; with 0 providers that cost are not asked. */
  readonly budgetUsd: number;
  /** Whether a clearly better strategy is applied without a question. */
  readonly appliesBetter: boolean;
  /** Longest that a search may take, in seconds. */
  readonly seconds: number;
};

/** What the evolutionary loop stands on. */
export type EvolutionaryPorts = {
  readonly now: () => Promise<GenerationNow>;
  readonly limits: () => EvolutionLimits;
  readonly costs: (provider: ModelProvider) => boolean;
  /** Searches for a better strategy. Fails as Meta-SONA's. */
  readonly create: (spec: IntelligenceSpecInput, signal: AbortSignal) => Promise<Intelligence>;
  /** Puts a strategy in force, and back. Fail as Meta-SONA's. */
  readonly apply: (id: string) => Promise<Intelligence>;
  readonly rollBack: (id: string, reason: string) => Promise<unknown>;
  readonly clock: Pick<Clock, 'id'>;
};
