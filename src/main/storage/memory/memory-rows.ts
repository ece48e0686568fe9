import { type Memory, memoryTiers, provenanceSchema } from '#shared/memory.ts';
import type { StoredMemory } from './memory-store.ts';

/** A row of the table `memories`, with its mark of `memory_expired`. */
export type MemoryRow = {
  readonly key: number;
  readonly id: string;
  readonly tier: number;
  readonly type: string;
  readonly text: string;
  readonly importance: number;
  readonly confidence: number;
  readonly created_at: number;
  readonly accessed_at: number;
  readonly entered_at: number;
  readonly decayed_at: number;
  readonly uses: number;
  readonly revision: number;
  readonly vector_key: number | null;
  readonly tags: string;
  readonly metadata: string;
  readonly provenance: string;
  readonly expired_since: number | null;
};

/** The columns of {@link MemoryRow}, for a SELECT from `memories`: all but the vector. */
export const memoryColumns = `memories.key AS key, memories.id AS id, memories.tier AS tier,
  memories.type AS type, memories.text AS text, memories.importance AS importance,
  memories.confidence AS confidence, memories.created_at AS created_at,
  memories.accessed_at AS accessed_at, memories.entered_at AS entered_at,
  memories.decayed_at AS decayed_at, memories.uses AS uses, memories.revision AS revision,
  memories.vector_key AS vector_key, memories.tags AS tags, memories.metadata AS metadata,
  memories.provenance AS provenance,
  (SELECT since FROM memory_expired WHERE memory_expired.key = memories.key) AS expired_since`;

/** The memory that a row holds. */
export function toStored(row: MemoryRow): StoredMemory {
  return {
    key: row.key,
    memory: toMemory(row),
    revision: row.revision,
    vectorKey: row.vector_key || null,
    enteredAt: row.entered_at,
    decayedAt: row.decayed_at,
    expiredSince: row.expired_since,
  };
}

function toMemory(row: MemoryRow): Memory {
  return {
    id: row.id,
    tier: memoryTiers[row.tier] ?? 'immediate',
    type: row.type,
    text: row.text,
    importance: row.importance,
    confidence: row.confidence,
    tags: JSON.parse(row.tags) as string[],
    metadata: JSON.parse(row.metadata) as Memory['metadata'],
    createdAt: row.created_at,
    accessedAt: row.accessed_at,
    uses: row.uses,
    provenance: provenanceSchema.parse(JSON.parse(row.provenance)),
  };
}
