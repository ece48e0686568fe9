import type { BatchFigures } from '#main/acceleration/embeddings/batch-tally.ts';
import type { LimitBounds } from '#main/providers/gate/adaptive-limit.ts';
import type { ProviderFigures } from '#main/providers/gate/lane-tally.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** What of the gate the loop reads and moves. */
export type GateDials = {
  readonly figures: readonly ProviderFigures[];
  setBounds(provider: ModelProvider, bounds: LimitBounds): void;
  /** Sets the share of calls that ask a provider in the order of the settings, 0 to 1. */
  setShare(provider: ModelProvider, share: number): void;
  shareOf(provider: ModelProvider): number;
};

/** What of the micro-batches of embeddings it reads and moves. */
export type BatchDials = {
  readonly figures: BatchFigures;
  setBound(bound: number | null): void;
};

/** Where the bounds are kept between starts, as a text. */
export type KeptText = {
  get(): string | null;
  set(text: string): void;
};

/** A change of settings that someone applied, measured again beside what was before it. */
export type WatchedChange = {
  readonly id: string;
  /** What was tuned, `vector-search` for example. */
  readonly domain: string;
  readonly unit: string;
  /** What either gives now. */
  readonly applied: number;
  readonly before: number;
  /** Whether it was taken back, as it is clearly worse. */
  readonly isRolledBack: boolean;
};

/** What the adaptive loop stands on. */
export type AdaptivePorts = {
  readonly gate: GateDials;
  /** Providers that may answer in the place of another, in the order of the settings. */
  readonly fallbacks: () => readonly ModelProvider[];
  /** Null while nothing is accelerated. */
  readonly batches: () => BatchDials | null;
  readonly kept: KeptText;
  /** Measures the changes in force again that are due for it, and takes back what is worse: Meta-SONA's. */
  readonly watch: (signal: AbortSignal) => Promise<readonly WatchedChange[]>;
  /** Makes the ids of actions. */
  readonly id: () => string;
};
