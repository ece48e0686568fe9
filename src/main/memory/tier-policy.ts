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

/** A memory and when it came to its tier, in ms since 1970. */
export type Placed = { readonly memory: Memory; readonly enteredAt: number };

/**
 * The tier that a memory moves to now, or null. It moves one step, once it has been in its tier for
 * half of the retention, so that another look at once moves nothing.
 */
export function promotion(
  { memory, enteredAt }: Placed,
  policies: TierPolicies,
  now: number,
): MemoryTier | null {
  const step = ladder[memory.tier];
  if (!step || worthOf(memory) < step.worth) return null;
  const { retentionMs } = policies[memory.tier];
  return retentionMs !== null && now - enteredAt >= retentionMs * ripeShare ? step.to : null;
}

/**
 * The importance after the time from `since` to `now` without a recall: it halves with a retention
 * of the tier. The same whether the time is taken at once or in parts. At most one retention counts
 * at once, so that a clock that is set forward by years does not take all.
 */
export function decayed(
  importance: number,
  { retentionMs }: TierPolicy,
  since: number,
  now: number,
): number {
  const halfLife = retentionMs ?? longHalfLifeMs;
  const elapsed = Math.min(halfLife, Math.max(0, now - since));
  const next = importance * 2 ** (-elapsed / halfLife);
  return Math.max(Math.min(importance, leastImportance), next);
}
