import { z } from 'zod';
import type { MemoryTier } from '../memory.ts';

const forEver = 100 * 365 * 86_400;

function retention(secs: number, tier: MemoryTier) {
  return z
    .int()
    .min(0)
    .max(forEver)
    .default(secs)
    .describe(`How long a ${tier} memory is kept that nobody recalls, in seconds; 0 is for ever.`);
}

function capacity(most: number, tier: MemoryTier) {
  return z
    .int()
    .min(1)
    .max(10_000_000)
    .default(most)
    .describe(`Most ${tier} memories; beyond it those worth least are dropped.`);
}

/** What memory keeps, how long, and how often it is put in order. */
export const memorySettings = z.object({
  autoConsolidate: z
    .boolean()
    .default(true)
    .describe('Puts memory in order by itself: moves, merges, fades and drops what is due.'),
  consolidationIntervalSecs: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .default(3600)
    .describe('How often memory is put in order, in seconds.'),
  purgeGraceSecs: z
    .int()
    .min(0)
    .max(365 * 86_400)
    .default(7 * 86_400)
    .describe(
      'How long a memory that outlived its tier stays on the disk, where no query finds it, in seconds while the app puts memory in order: a clock that jumps deletes nothing. 0 deletes at once.',
    ),
  immediateRetentionSecs: retention(60, 'immediate'),
  shortTermRetentionSecs: retention(600, 'short-term'),
  sessionRetentionSecs: retention(86_400, 'session'),
  episodicRetentionSecs: retention(30 * 86_400, 'episodic'),
  semanticRetentionSecs: retention(365 * 86_400, 'semantic'),
  proceduralRetentionSecs: retention(5 * 365 * 86_400, 'procedural'),
  strategicRetentionSecs: retention(0, 'strategic'),
  immediateCapacity: capacity(10_000, 'immediate'),
  shortTermCapacity: capacity(10_000, 'short-term'),
  sessionCapacity: capacity(50_000, 'session'),
  episodicCapacity: capacity(200_000, 'episodic'),
  semanticCapacity: capacity(1_000_000, 'semantic'),
  proceduralCapacity: capacity(200_000, 'procedural'),
  strategicCapacity: capacity(200_000, 'strategic'),
});

/** See {@link memorySettings}. */
export type MemorySettings = z.infer<typeof memorySettings>;
