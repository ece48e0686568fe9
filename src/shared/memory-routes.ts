import { z } from 'zod';
import { vector } from './agentdb-fields.ts';
import {
  type ConsolidationReport,
  type FoundMemory,
  type Memory,
  type MemoryTier,
  memoryChangeSchema,
  memoryQuerySchema,
  newMemorySchema,
} from './memory.ts';

const id = z.string().min(1).max(64);
const none = z.object({}).strict();
/** A door that speaks JSON has no `Float32Array`; an array of numbers does as well. */
const embedding = vector.optional();

/** The inputs of the contract's routes on memory. */
export const memoryRouteInputs = {
  'memory.store': newMemorySchema.extend({ embedding }),
  'memory.query': memoryQuerySchema.extend({ embedding }),
  'memory.get': z.object({ id }).strict(),
  'memory.update': z.object({ id, change: memoryChangeSchema }).strict(),
  'memory.delete': z.object({ id }).strict(),
  'memory.consolidate': none,
  'memory.sizes': none,
} as const;

/** What those routes answer; `degraded` says what an answer lacks and why, or is null. */
export type MemoryRouteOutputs = {
  'memory.store': { readonly id: string; readonly degraded: string | null };
  'memory.query': {
    readonly memories: readonly FoundMemory[];
    readonly degraded: string | null;
  };
  /** Null where there is none of that id, or it has outlived its tier. */
  'memory.get': Memory | null;
  'memory.update': { readonly memory: Memory; readonly degraded: string | null };
  'memory.delete': null;
  'memory.consolidate': ConsolidationReport;
  /** Memories of each tier that are within their retention. */
  'memory.sizes': Readonly<Record<MemoryTier, number>>;
};
