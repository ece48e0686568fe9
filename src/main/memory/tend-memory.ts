import type { MemoryEdit, StoredMemory } from '#main/storage/memory/memory-store.ts';
import type { MemoryTier } from '#shared/memory.ts';
import { decayed, promotion, type TierPolicies } from './tier-policy.ts';

/** Importance changes by less than this are left for later: a write for each memory would cost more. */
const least = 0.005;
const mostMoves = 100;

/** When memories are looked at. Times in ms. */
export type TendTime = {
  readonly now: number;
  /** See `livedTime`. */
  readonly lived: number;
  readonly graceMs: number;
};

/** What is to become of one memory. */
export type Tending =
  | { readonly what: 'stay' }
  | { readonly what: 'promote'; readonly to: MemoryTier; readonly edit: MemoryEdit }
  | { readonly what: 'fade'; readonly edit: MemoryEdit }
  /** It outlived its tier, and is out of reach from now on. */
  | { readonly what: 'expire' }
  /** It is within its retention again: the clock, or the setting, went back. */
  | { readonly what: 'return' }
  | { readonly what: 'purge' };

/**
 * Says what is due for a memory. What deserves a longer life gets it, even where nobody looked before
 * its tier let it go; a second look at the same time finds nothing to do.
 */
export function tend(
  stored: StoredMemory,
  policies: TierPolicies,
  { now, lived, graceMs }: TendTime,
): Tending {
  const { key, revision, memory, decayedAt, expiredSince } = stored;
  const to = promotion(stored, policies, now);
  if (to) {
    const moves = [...memory.provenance.moves, { from: memory.tier, at: now }].slice(-mostMoves);
    const provenance = { ...memory.provenance, moves };
    const set = { tier: to, enteredAt: now, accessedAt: now, decayedAt: now, provenance };
    return { what: 'promote', to, edit: { key, revision, set } };
  }
  const { retentionMs } = policies[memory.tier];
  if (retentionMs !== null && memory.accessedAt <= now - retentionMs) {
    if (expiredSince === null && graceMs > 0) return { what: 'expire' };
    const since = expiredSince ?? lived;
    return { what: lived - since >= graceMs ? 'purge' : 'stay' };
  }
  if (expiredSince !== null) return { what: 'return' };
  const since = Math.max(decayedAt, memory.accessedAt);
  const importance = decayed(memory.importance, policies[memory.tier], since, now);
  if (memory.importance - importance < least) return { what: 'stay' };
  return { what: 'fade', edit: { key, revision, set: { importance, decayedAt: now } } };
}
