import { type Memory, memoryTiers, provenanceSchema } from '#shared/memory.ts';

/** A row of the table `memories`, with its tags as a JSON array. */
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
  readonly uses: number;
  readonly decayed_at: number;
  readonly metadata: string;
  readonly provenance: string;
  readonly tags: string;
};

/** The columns of {@link MemoryRow}, for a SELECT from `memories`. */
export const memoryColumns = `memories.*, (
  SELECT json_group_array(tag) FROM memory_tags t WHERE t.key = memories.key
) AS tags`;

/** The memory that a row holds. */
export function toMemory(row: MemoryRow): Memory {
  return {
    id: row.id,
    tier: memoryTiers[row.tier] ?? 'immediate',
    type: row.type,
    text: row.text,
    importance: row.importance,
    confidence: row.confidence,
    tags: (JSON.parse(row.tags) as string[]).sort(),
    metadata: JSON.parse(row.metadata) as Memory['metadata'],
    createdAt: row.created_at,
    accessedAt: row.accessed_at,
    uses: row.uses,
    provenance: provenanceSchema.parse(JSON.parse(row.provenance)),
  };
}
