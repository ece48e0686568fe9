import type { Memory, MemoryTier } from '#shared/memory.ts';

/** What a tier keeps, how long, and what moves on from it. Times in ms. */
export type TierPolicy = {
  /** How long a memory stays that is not recalled; null is for ever. */
  readonly retentionMs: number | null;
  /** Most memories. */
  readonly capacity: number;
};

/** A policy for each tier. */
export type TierPolicies = Readonly<Record<MemoryTier, TierPolicy>>;

/** Where a memory goes from a tier, and what it must be worth. Skills and policies are put where they belong. */
const ladder: Partial<Record<MemoryTier, { readonly to: MemoryTier; readonly worth: number }>> = {
  immediate: { to: 'short-term', worth: 0.3 },
  'short-term': { to: 'session', worth: 0.4 },
  session: { to: 'episodic', worth: 0.5 },
  episodic: { to: 'semantic', worth: 0.65 },
  semantic: { to: 'strategic', worth: 0.95 },
};

/** Share of its retention that a memory spends in a tier before it may move on. */
const ripeShare = 0.5;
/** Importance never decays below this: what was stored can still be found. */
const leastImportance = 0.05;
/** Half-life of importance where the tier keeps for ever, in ms: five years. */
const longHalfLifeMs = 5 * 365 * 86_400_000;

/** What a memory is worth: its importance, and more the oftener it was recalled. */
export function worthOf({ importance, uses }: Pick<Memory, 'importance' | 'uses'>): number {
  return Math.min(1, importance + 0.1 * Math.log1p(uses));
}

/**
 * The tier that a memory moves to now, or null. It moves one step, once it has been in its tier for
 * half of the retention, so that another look at once moves nothing.
 */
export function promotion(memory: Memory, policies: TierPolicies, now: number): MemoryTier | null {
  const step = ladder[memory.tier];
  if (!step || worthOf(memory) < step.worth) return null;
  const { retentionMs } = policies[memory.tier];
  const entered = memory.provenance.moves.at(-1)?.at ?? memory.createdAt;
  return retentionMs !== null && now - entered >= retentionMs * ripeShare ? step.to : null;
}

/**
 * The importance after the time from `since` to `now` without a recall: it halves with each
 * retention of the tier. The same whether the time is taken at once or in parts.
 */
export function decayed(
  importance: number,
  { retentionMs }: TierPolicy,
  since: number,
  now: number,
): number {
  const elapsed = Math.max(0, now - since);
  const next = importance * 2 ** (-elapsed / (retentionMs ?? longHalfLifeMs));
  return Math.max(Math.min(importance, leastImportance), next);
}
