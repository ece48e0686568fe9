import type { GatedAnswer } from '#main/providers/model-gate.ts';
import type { Job } from '#shared/run.ts';

/** What models took for a job; see `Job`. */
export type JobUsage = NonNullable<Job['usage']>;

/** Nothing yet. */
export const noUsage: JobUsage = {
  calls: 0,
  cached: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  repairs: 0,
  waitedMs: 0,
};

/** What one answer took; a cached one took nothing but is counted. */
export function usageOf({ cached, usage, costUsd, waitedMs }: GatedAnswer): JobUsage {
  return {
    calls: 1,
    cached: cached ? 1 : 0,
    inputTokens: cached ? 0 : (usage.inputTokens ?? 0),
    outputTokens: cached ? 0 : (usage.outputTokens ?? 0),
    costUsd: cached ? 0 : costUsd,
    repairs: 0,
    waitedMs: Math.round(waitedMs),
  };
}

/** The sum; a cost that is unknown makes it unknown. */
export function addUsage(one: JobUsage, other: JobUsage): JobUsage {
  return {
    calls: one.calls + other.calls,
    cached: one.cached + other.cached,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd === null || other.costUsd === null ? null : one.costUsd + other.costUsd,
    repairs: one.repairs + other.repairs,
    waitedMs: one.waitedMs + other.waitedMs,
  };
}

/**
 * What each of `count` jobs took of a request that asked for all of them: tokens and cost evenly, the
 * call itself and what does not divide with the first, so that the sum is what was taken.
 */
export function shareUsage(usage: JobUsage, count: number): readonly JobUsage[] {
  const part = (whole: number, first: boolean): number =>
    Math.floor(whole / count) + (first ? whole % count : 0);
  return Array.from({ length: count }, (_, at) => ({
    calls: at === 0 ? usage.calls : 0,
    cached: at === 0 ? usage.cached : 0,
    inputTokens: part(usage.inputTokens, at === 0),
    outputTokens: part(usage.outputTokens, at === 0),
    costUsd: usage.costUsd === null ? null : usage.costUsd / count,
    repairs: at === 0 ? usage.repairs : 0,
    waitedMs: at === 0 ? usage.waitedMs : 0,
  }));
}
