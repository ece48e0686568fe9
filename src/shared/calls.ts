import type { ArtifactKind } from './artifact.ts';

/** Why it is slow, as the indicators say it. */
export type SlowReason = 'cache-off' | 'rate-limited' | 'latency' | 'limit' | 'breaker';

/**
 * What goes on between the app and the models, of all runs, since the app started. Every number is
 * counted where it happens. Times in ms, money in US dollars.
 */
export type CallFigures = {
  readonly mode: 'async' | 'sync';
  /** Calls that a provider works on now; those that wait for their turn, with jobs that have not asked yet. */
  readonly inFlight: number;
  readonly queued: number;
  /** Calls at once that the measured limits allow now, and most that the settings allow. */
  readonly allowed: number;
  readonly limit: number;
  /** Answered calls, those from the cache not among them. */
  readonly calls: number;
  /** Calls that failed for good, after retries and fallbacks; cancelled ones are not among them. */
  readonly failed: number;
  /** Answers a second over the last ten seconds. */
  readonly perSecond: number;
  /** How long an answered call took from its sending; null before the first. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** Calls whose price or usage is unknown, and which the cost so lacks. */
  readonly unpriced: number;
  /** Answers from the cache, and by the same call of another that was under way. */
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /** Answers of 429 or its like. */
  readonly rateLimited: number;
  readonly retries: number;
  /** What jobs would take alone, summed, a shared request once, less the time in which at least one ran. */
  readonly savedMs: number;
  /** The same sum, of which it was saved. */
  readonly syncMs: number;
  readonly slow: readonly SlowReason[];
};

/** One second of the chart; `at` is its end in ms since 1970. */
export type CallSecond = {
  readonly at: number;
  readonly answered: number;
  readonly inFlight: number;
  readonly allowed: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
};

/** What would be sent to a model for one artifact, and for those that share its request. */
export type PromptPreview = {
  readonly provider: string;
  readonly model: string;
  /** What the request asks for, in the order of the run. */
  readonly artifacts: readonly { readonly kind: ArtifactKind; readonly service: string | null }[];
  readonly system: string;
  readonly prompt: string;
  /** Estimated: about four characters a token. */
  readonly tokens: number;
  /** Source files that it carries, and whether all of each. */
  readonly files: readonly {
    readonly path: string;
    readonly characters: number;
    readonly whole: boolean;
  }[];
  /** What was blacked out, by file and line; never the secret itself. */
  readonly redactions: readonly {
    readonly path: string;
    readonly line: number;
    readonly what: string;
  }[];
};
