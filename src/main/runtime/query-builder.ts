import type { MemoryQuery, MemoryTier } from '#shared/memory.ts';

/**
 * Writes a query for memories, condition by condition. No step changes the builder that it is called
 * on, so that one may begin several queries; a step that is taken again replaces what it said
 * before. What no query can say is refused by whoever is asked.
 */
export class QueryBuilder {
  readonly #query: MemoryQuery;

  /** Begins with a query, or with one that every memory answers. */
  constructor(query: MemoryQuery = {}) {
    this.#query = structuredClone(query);
  }

  /** Memories of any of these tiers. */
  tiers(...tiers: MemoryTier[]): QueryBuilder {
    return this.#with({ tiers });
  }

  /** Memories of any of these types: `fact`, `edit` … */
  types(...types: string[]): QueryBuilder {
    return this.#with({ types });
  }

  /** Memories that have all of these tags. */
  tags(...tags: string[]): QueryBuilder {
    return this.#with({ tags });
  }

  /** The like of a text first, by its words and its meaning. */
  text(text: string): QueryBuilder {
    return this.#with({ text });
  }

  /** The like of a vector first. It is copied. */
  embedding(vector: Float32Array | readonly number[]): QueryBuilder {
    return this.#with({ embedding: Float32Array.from(vector) });
  }

  /** Memories of at least this importance, 0 to 1. */
  minImportance(minImportance: number): QueryBuilder {
    return this.#with({ minImportance });
  }

  /** Memories of at least this confidence, 0 to 1. */
  minConfidence(minConfidence: number): QueryBuilder {
    return this.#with({ minConfidence });
  }

  /** Memories made at or after `from` and before `to`, in ms since 1970; null leaves that side open. */
  between(from: number | null, to: number | null): QueryBuilder {
    const { from: _from, to: _to, ...rest } = this.#query;
    return new QueryBuilder({
      ...rest,
      ...(from !== null && { from }),
      ...(to !== null && { to }),
    });
  }

  /** At most so many memories, 1 to 1,000; 10 where it is not said. */
  limit(limit: number): QueryBuilder {
    return this.#with({ limit });
  }

  /** Only looks: what is found does not count as recalled, and is kept no longer for it. */
  onlyLooking(): QueryBuilder {
    return this.#with({ recalls: false });
  }

  /** The query, the caller's own. */
  build(): MemoryQuery {
    return structuredClone(this.#query);
  }

  #with(condition: MemoryQuery): QueryBuilder {
    return new QueryBuilder({ ...this.#query, ...condition });
  }
}
