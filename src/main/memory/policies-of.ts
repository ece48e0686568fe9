import type { Retention } from '#main/storage/memory/memory-scope.ts';
import { type MemoryTier, memoryTiers } from '#shared/memory.ts';
import type { MemorySettings } from '#shared/settings/memory-settings.ts';
import type { TierPolicies } from './tier-policy.ts';

/** What the settings say about each tier. */
export function policiesOf(settings: MemorySettings): TierPolicies {
  const policy = (secs: number, capacity: number) => ({
    retentionMs: secs === 0 ? null : secs * 1000,
    capacity,
  });
  return {
    immediate: policy(settings.immediateRetentionSecs, settings.immediateCapacity),
    'short-term': policy(settings.shortTermRetentionSecs, settings.shortTermCapacity),
    session: policy(settings.sessionRetentionSecs, settings.sessionCapacity),
    episodic: policy(settings.episodicRetentionSecs, settings.episodicCapacity),
    semantic: policy(settings.semanticRetentionSecs, settings.semanticCapacity),
    procedural: policy(settings.proceduralRetentionSecs, settings.proceduralCapacity),
    strategic: policy(settings.strategicRetentionSecs, settings.strategicCapacity),
  };
}

/** How long each tier keeps what is not recalled. */
export function retentionOf(policies: TierPolicies): Retention {
  return Object.fromEntries(
    memoryTiers.map((tier) => [tier, policies[tier].retentionMs]),
  ) as Record<MemoryTier, number | null>;
}
