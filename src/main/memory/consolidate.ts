import type { ConsolidationReport } from '#shared/memory.ts';
import { backfillVectors } from './backfill.ts';
import { livedTime } from './lived-time.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { retentionOf } from './policies-of.ts';
import type { RecallParts } from './recall.ts';
import { type TierCounts, tendTiers } from './tend-tiers.ts';
import type { TierPolicies } from './tier-policy.ts';

/** What a run did, with what left each tier. */
export type Consolidated = {
  readonly report: ConsolidationReport;
  readonly expired: TierCounts;
  readonly evicted: TierCounts;
};

/**
 * Puts memory in order: makes the vectors that are missing, merges what says the same, then tends
 * the tiers. Done again at the same time it finds nothing to do. Times in ms.
 */
export async function consolidateOnce(
  parts: RecallParts,
  policies: TierPolicies,
  { now, graceMs }: { readonly now: number; readonly graceMs: number },
  signal: AbortSignal,
): Promise<Consolidated> {
  const { store } = parts;
  const before = await store.state();
  const lived = livedTime(before, now, graceMs);
  const retention = retentionOf(policies);
  const { embedded, problem } = await backfill(parts, signal);
  const scope = { filter: {}, retention, now };
  const merging = await mergeDuplicates(parts, scope, before.mergedUpto, signal);
  await store.keepState({ mergedUpto: merging.upto, seenAt: now, livedMs: lived });
  const tended = await tendTiers(parts, policies, { now, lived, graceMs }, signal);
  return {
    expired: tended.expired,
    evicted: tended.evicted,
    report: {
      expired: sum(tended.expired),
      purged: tended.purged,
      merged: merging.merged,
      decayed: tended.decayed,
      promoted: tended.promoted,
      evicted: sum(tended.evicted),
      embedded,
      degraded: problem ?? merging.degraded,
      sizes: await store.sizes(retention, now),
    },
  };
}

async function backfill(parts: RecallParts, signal: AbortSignal) {
  try {
    return { embedded: await backfillVectors(parts, signal), problem: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { embedded: 0, problem: error instanceof Error ? error.message : String(error) };
  }
}

function sum(counts: TierCounts): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
