import type { FoundMemory, Memory, MemoryChange, MemoryQuery, NewMemory } from '#shared/memory.ts';

/**
 * What learning needs of the memory; it knows no more of it. Any method may reject: generation goes
 * on without what it asked for and says so. Each ends with `signal`.
 */
export interface ProposalMemory {
  /** Stores a memory and answers with its id. */
  remember(memory: NewMemory, signal: AbortSignal): Promise<{ readonly id: string }>;
  /** Finds memories by conditions alone; `degraded` says why an answer may not be whole, else null. */
  recall(
    query: MemoryQuery,
    signal: AbortSignal,
  ): Promise<{ readonly memories: readonly FoundMemory[]; readonly degraded: string | null }>;
  /** The memory of that id, or null. */
  get(id: string, signal: AbortSignal): Promise<Memory | null>;
  /** Changes a memory; null where it is gone. */
  change(id: string, change: MemoryChange, signal: AbortSignal): Promise<Memory | null>;
  /** Deletes a memory; false where it was gone already. */
  forget(id: string, signal: AbortSignal): Promise<boolean>;
}
