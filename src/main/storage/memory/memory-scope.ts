import { type MemoryTier, memoryTiers } from '#shared/memory.ts';

/** How long each tier keeps a memory that is not recalled, in ms; null is for ever. */
export type Retention = Readonly<Record<MemoryTier, number | null>>;

/** Conditions on memories; all must hold. Times are ms since 1970. */
export type MemoryFilter = {
  readonly tiers?: readonly MemoryTier[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly minImportance?: number | undefined;
  readonly minConfidence?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** Which memories an answer may hold: what has outlived its tier's retention at `now` never. */
export type MemoryScope = {
  readonly filter: MemoryFilter;
  readonly retention: Retention;
  readonly now: number;
};

/** A condition on the table `memories`, with what its parameters are bound to. */
export type Condition = { readonly sql: string; readonly values: readonly (string | number)[] };

/** The number that stands for a tier in the table: its place among all. */
export function tierNumber(tier: MemoryTier): number {
  return memoryTiers.indexOf(tier);
}

/** A scope as SQL. */
export function scopeCondition({ filter, retention, now }: MemoryScope): Condition {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]): void => {
    parts.push(sql);
    values.push(...bound);
  };
  const tiers = [...new Set(filter.tiers ?? memoryTiers)].map((tier) => {
    const keeps = retention[tier];
    if (keeps === null) return `memories.tier = ${tierNumber(tier)}`;
    values.push(now - keeps);
    return `(memories.tier = ${tierNumber(tier)} AND memories.accessed_at > ?)`;
  });
  parts.push(`(${tiers.join(' OR ')})`);
  if (filter.types)
    add('memories.type IN (SELECT value FROM json_each(?))', JSON.stringify(filter.types));
  for (const tag of filter.tags ?? []) {
    add('memories.key IN (SELECT key FROM memory_tags WHERE tag = ?)', tag);
  }
  if (filter.minImportance !== undefined) add('memories.importance >= ?', filter.minImportance);
  if (filter.minConfidence !== undefined) add('memories.confidence >= ?', filter.minConfidence);
  if (filter.from !== undefined) add('memories.created_at >= ?', filter.from);
  if (filter.to !== undefined) add('memories.created_at < ?', filter.to);
  return { sql: parts.join(' AND '), values };
}
