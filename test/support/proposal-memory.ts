import { onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { filterCondition, type Retention } from '#main/storage/memory/memory-filter.ts';
import { Storage } from '#main/storage/storage.ts';
import {
  type Memory,
  memoryChangeSchema,
  memoryQuerySchema,
  memoryTiers,
  newMemorySchema,
} from '#shared/memory.ts';

const forEver = Object.fromEntries(memoryTiers.map((tier) => [tier, null])) as Retention;

/** Learning's memory on the real store in a data folder, through a connection of its own. */
export function storedMemory(dataFolder: string) {
  const storage = new Storage(dataFolder, systemClock);
  onTestFinished(() => storage.dispose());
  const { memories } = storage;
  const newest = (condition: Parameters<typeof filterCondition>[0], limit: number) =>
    memories.newest(filterCondition(condition, forEver, Date.now()), limit);
  const memory: ProposalMemory = {
    async remember(input) {
      const { embedding: _, source, ref, ...rest } = newMemorySchema.parse(input);
      const now = Date.now();
      const made: Memory = {
        ...rest,
        id: systemClock.id(),
        createdAt: now,
        accessedAt: now,
        uses: 0,
        provenance: { source, ...(ref === undefined ? {} : { ref }), merged: [], moves: [] },
      };
      storage.transaction(() => memories.insert(made));
      return { id: made.id };
    },
    async recall(query) {
      const {
        limit,
        text: _text,
        embedding: _embedding,
        ...filter
      } = memoryQuerySchema.parse(query);
      const found = newest(filter, limit);
      memories.touch(
        found.map(({ key }) => key),
        Date.now(),
      );
      const ranks = { score: 0, textRank: null, vectorRank: null };
      return {
        memories: found.map(({ memory: one }) => ({ memory: one, ...ranks })),
        degraded: null,
      };
    },
    async get(id) {
      return memories.find(id)?.memory ?? null;
    },
    async change(id, change) {
      return memories.update(id, memoryChangeSchema.parse(change), Date.now());
    },
    async forget(id) {
      const found = memories.find(id);
      return found !== null && memories.remove([found.key]) > 0;
    },
  };
  return {
    memory,
    /** What is stored of a type, newest first. */
    all: (...types: string[]) => newest({ types }, 10_000).map(({ memory: one }) => one),
    /** Empties the memory. */
    empty: () => memories.remove(newest({}, 10_000).map(({ key }) => key)),
    update: memories.update.bind(memories),
  };
}
