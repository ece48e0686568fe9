import { type Memory, type MemoryTier, memoryTiers } from '#shared/memory.ts';
import { type TierPolicies, worthOf } from './tier-policy.ts';

/** Steps of worth that are told apart. */
const steps = 1_024;

/**
 * Finds which memories a tier that is too full lets go, without holding or sorting them: counts them
 * by worth first, then takes the least worth, and of equal worth the oldest, as they come by again.
 */
export class Surplus {
  readonly #counts = new Map<MemoryTier, Float64Array>();
  readonly #left = new Map<MemoryTier, { step: number; atStep: number; below: number }>();

  /** Counts a memory; `isOutlived` are let go before all others. */
  count(memory: Memory, isOutlived: boolean): void {
    let counts = this.#counts.get(memory.tier);
    if (!counts) {
      counts = new Float64Array(steps + 1);
      this.#counts.set(memory.tier, counts);
    }
    const step = stepOf(memory, isOutlived);
    counts[step] = (counts[step] ?? 0) + 1;
  }

  /** Says from the counts what each tier has to let go; memories in all. */
  settle(policies: TierPolicies): number {
    let all = 0;
    for (const tier of memoryTiers) {
      const counts = this.#counts.get(tier) ?? new Float64Array();
      const total = counts.reduce((sum, count) => sum + count, 0);
      const excess = total - policies[tier].capacity;
      if (excess <= 0) continue;
      let [step, below] = [0, 0];
      while (below + (counts[step] ?? 0) < excess) {
        below += counts[step] ?? 0;
        step += 1;
      }
      this.#left.set(tier, { step, below, atStep: excess - below });
      all += excess;
    }
    return all;
  }

  /** Whether this memory goes; each one is asked about once, oldest first. */
  takes(memory: Memory, isOutlived: boolean): boolean {
    const left = this.#left.get(memory.tier);
    if (!left) return false;
    const step = stepOf(memory, isOutlived);
    // No more than were counted: what became worth less meanwhile is for the next time.
    if (step < left.step && left.below > 0) {
      left.below -= 1;
      return true;
    }
    if (step !== left.step || left.atStep === 0) return false;
    left.atStep -= 1;
    return true;
  }
}

function stepOf(memory: Memory, isOutlived: boolean): number {
  return isOutlived ? 0 : 1 + Math.min(steps - 1, Math.floor(worthOf(memory) * steps));
}
