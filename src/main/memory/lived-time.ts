import type { MemoryState } from '#main/storage/memory/memory-store.ts';

/** Parts of the grace of which one run may count one at most. */
const parts = 8;

/**
 * How much time consolidation believes to have passed in all, in ms. Between two runs an eighth of
 * the grace counts at most, and time that ran backwards does not: whatever the clock does, what was
 * seen to be outlived is deleted after eight more runs at the earliest.
 */
export function livedTime({ seenAt, livedMs }: MemoryState, now: number, graceMs: number): number {
  const passed = seenAt === null ? 0 : Math.max(0, now - seenAt);
  return livedMs + Math.min(passed, Math.ceil(graceMs / parts));
}
