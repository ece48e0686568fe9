import type { Database, Statement } from 'better-sqlite3';
import type { Memory, MemoryChange, MemoryTier, Provenance } from '#shared/memory.ts';
import { memoryTiers } from '#shared/memory.ts';
import type { Condition } from './memory-filter.ts';
import { tierNumber } from './memory-filter.ts';
import { type MemoryRow, memoryColumns, toMemory } from './memory-rows.ts';
import { MemoryText } from './memory-text.ts';

/** A memory with the number that stands for it in the store and its full text. */
export type KeyedMemory = { readonly key: number; readonly memory: Memory };

/** The memories, in SQLite: rows, tags and full text. Vectors are kept beside it, under the same ids. */
export class MemoryStore {
  readonly text: MemoryText;
  readonly #db: Database;
  readonly #insert: Statement<unknown[]>;
  readonly #insertTag: Statement<[string, number]>;
  readonly #deleteTags: Statement<[number]>;
  readonly #byId: Statement<[string], MemoryRow>;
  readonly #delete: Statement<[number]>;
  readonly #update: Statement<unknown[]>;
  readonly #touch: Statement<[number, number]>;
  readonly #counts: Statement<[], { readonly tier: number; readonly count: number }>;

  constructor(db: Database) {
    this.#db = db;
    this.text = new MemoryText(db);
    this.#insert = db.prepare(`INSERT INTO memories
      (id, tier, type, text, importance, confidence, created_at, accessed_at, uses, decayed_at, metadata, provenance)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#insertTag = db.prepare('INSERT OR IGNORE INTO memory_tags (tag, key) VALUES (?, ?)');
    this.#deleteTags = db.prepare('DELETE FROM memory_tags WHERE key = ?');
    this.#byId = db.prepare(`SELECT ${memoryColumns} FROM memories WHERE id = ?`);
    this.#delete = db.prepare('DELETE FROM memories WHERE key = ?');
    this.#update =
      db.prepare(`UPDATE memories SET tier = ?, text = ?, importance = ?, confidence = ?,
      accessed_at = ?, uses = ?, metadata = ?, provenance = ? WHERE key = ?`);
    this.#touch = db.prepare(
      'UPDATE memories SET uses = uses + 1, accessed_at = max(accessed_at, ?) WHERE key = ?',
    );
    this.#counts = db.prepare('SELECT tier, count(*) AS count FROM memories GROUP BY tier');
  }

  /** Inserts a memory and returns its key; call it inside the transaction that keeps its vector. */
  insert(memory: Memory): number {
    const { lastInsertRowid } = this.#insert.run(
      memory.id,
      tierNumber(memory.tier),
      memory.type,
      memory.text,
      memory.importance,
      memory.confidence,
      memory.createdAt,
      memory.accessedAt,
      memory.uses,
      memory.createdAt,
      JSON.stringify(memory.metadata),
      JSON.stringify(memory.provenance),
    );
    const key = Number(lastInsertRowid);
    for (const tag of memory.tags) this.#insertTag.run(tag, key);
    return key;
  }

  /** The memory of that id, or null. */
  find(id: string): KeyedMemory | null {
    const row = this.#byId.get(id);
    return row ? { key: row.key, memory: toMemory(row) } : null;
  }

  /** Changes a memory; null where it is not there. A move to another tier is noted in its provenance. */
  update(id: string, change: MemoryChange, now: number): Memory | null {
    return this.#db
      .transaction(() => {
        const found = this.find(id);
        if (!found) return null;
        const { key, memory } = found;
        const moved = change.tier !== undefined && change.tier !== memory.tier;
        const provenance: Provenance = moved
          ? {
              ...memory.provenance,
              moves: [...memory.provenance.moves, { from: memory.tier, at: now }],
            }
          : memory.provenance;
        const next: Memory = {
          ...memory,
          tier: change.tier ?? memory.tier,
          text: change.text ?? memory.text,
          importance: change.importance ?? memory.importance,
          confidence: change.confidence ?? memory.confidence,
          tags: change.tags ?? memory.tags,
          metadata: change.metadata ?? memory.metadata,
          accessedAt: moved ? now : memory.accessedAt,
          provenance,
        };
        this.#write(key, next);
        if (next.text !== memory.text) this.text.changed(key, next.text);
        if (change.tags) {
          this.#deleteTags.run(key);
          for (const tag of change.tags) this.#insertTag.run(tag, key);
        }
        return this.find(id)?.memory ?? null;
      })
      .immediate();
  }

  /** Deletes memories by key; how many there were. */
  remove(keys: readonly number[]): number {
    return this.#db
      .transaction(() => {
        let removed = 0;
        for (const key of keys) {
          this.text.changed(key, null);
          removed += this.#delete.run(key).changes;
        }
        return removed;
      })
      .immediate();
  }

  /** The memories of these keys that meet the condition, in the order of the keys. */
  matching(keys: readonly number[], condition: Condition): readonly KeyedMemory[] {
    const rows = this.#db
      .prepare<unknown[], MemoryRow>(
        `SELECT ${memoryColumns} FROM memories
         WHERE key IN (SELECT value FROM json_each(?)) AND ${condition.sql}`,
      )
      .all(JSON.stringify(keys), ...condition.values);
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return keys.flatMap((key) => {
      const row = byKey.get(key);
      return row ? [{ key, memory: toMemory(row) }] : [];
    });
  }

  /** The newest memories that meet the condition. */
  newest(condition: Condition, limit: number): readonly KeyedMemory[] {
    return this.#db
      .prepare<unknown[], MemoryRow>(
        `SELECT ${memoryColumns} FROM memories WHERE ${condition.sql}
         ORDER BY created_at DESC, key DESC LIMIT ?`,
      )
      .all(...condition.values, limit)
      .map((row) => ({ key: row.key, memory: toMemory(row) }));
  }

  /** Notes that memories were recalled: it keeps them longer and counts for them. */
  touch(keys: readonly number[], now: number): void {
    this.#db.transaction(() => {
      for (const key of keys) this.#touch.run(now, key);
    })();
  }

  /** Memories in each tier, those that have outlived their retention included. */
  sizes(): Readonly<Record<MemoryTier, number>> {
    const sizes = Object.fromEntries(memoryTiers.map((tier) => [tier, 0]));
    for (const { tier, count } of this.#counts.all()) {
      const name = memoryTiers[tier];
      if (name) sizes[name] = count;
    }
    return sizes as Record<MemoryTier, number>;
  }

  #write(key: number, memory: Memory): void {
    this.#update.run(
      tierNumber(memory.tier),
      memory.text,
      memory.importance,
      memory.confidence,
      memory.accessedAt,
      memory.uses,
      JSON.stringify(memory.metadata),
      JSON.stringify(memory.provenance),
      key,
    );
  }
}
