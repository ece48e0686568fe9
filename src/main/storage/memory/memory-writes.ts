import type { Database, Statement, Transaction } from 'better-sqlite3';
import { toBlob } from '../vectors/vector-rows.ts';
import { tierNumber } from './memory-scope.ts';
import type { Applied, EditGroup, MemoryEdit, MemoryToStore, Touch } from './memory-store.ts';
import type { MemoryText } from './memory-text.ts';
import type { Statements } from './statements.ts';

/** Part of an id that comes from the clock, in characters. */
const maxSuffix = 40;

/** What is written about memories. */
export class MemoryWrites {
  readonly #statements: Statements;
  readonly #text: MemoryText;
  readonly #id: () => string;
  readonly #nextKey: Statement<[], number>;
  readonly #insert: Statement<unknown[]>;
  readonly #insertTag: Statement<[string, number]>;
  readonly #deleteTags: Statement<[number, string]>;
  readonly #touch: Statement<[number, number, number]>;
  readonly #present: Statement<
    [number],
    { revision: number; vectorKey: number | null; tags: string }
  >;
  readonly #remember: Statement<[number]>;
  readonly #delete: Statement<[number]>;
  readonly #insertAll: Transaction<(memories: readonly MemoryToStore[]) => readonly string[]>;
  readonly #applyAll: Transaction<(groups: readonly EditGroup[]) => Applied>;
  readonly #touchAll: Transaction<(touches: readonly Touch[]) => void>;

  /** @param id gives a new unique text */
  constructor(db: Database, statements: Statements, text: MemoryText, id: () => string) {
    this.#statements = statements;
    this.#text = text;
    this.#id = id;
    // AUTOINCREMENT would do the same, and write one page more for each memory.
    this.#nextKey = db
      .prepare<[], number>(
        `SELECT 1 + max(last_key, coalesce((SELECT max(key) FROM memories), 0),
           coalesce((SELECT vector_key FROM memories INDEXED BY memories_renewed
             WHERE vector_key > key ORDER BY vector_key DESC LIMIT 1), 0)) FROM memory_state`,
      )
      .pluck();
    this.#insert = db.prepare(`INSERT INTO memories (key, id, tier, type, text, importance,
      confidence, created_at, accessed_at, entered_at, decayed_at, uses, revision, settled,
      vector_key, tags, metadata, provenance, vector)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)`);
    this.#insertTag = db.prepare('INSERT OR IGNORE INTO memory_tags (tag, key) VALUES (?, ?)');
    this.#deleteTags = db.prepare(
      'DELETE FROM memory_tags WHERE key = ? AND tag IN (SELECT value FROM json_each(?))',
    );
    // A clock that was set back makes no memory older.
    this.#touch = db.prepare(
      'UPDATE memories SET uses = uses + ?, accessed_at = max(accessed_at, ?) WHERE key = ?',
    );
    this.#present = db.prepare(
      'SELECT revision, vector_key AS vectorKey, tags FROM memories WHERE key = ?',
    );
    this.#remember = db.prepare('UPDATE memory_state SET last_key = max(last_key, ?)');
    this.#delete = db.prepare('DELETE FROM memories WHERE key = ?');
    this.#insertAll = db.transaction((memories) => {
      const key = this.#nextKey.get() ?? 1;
      return memories.map((one, at) => this.#insertOne(key + at, one));
    });
    this.#applyAll = db.transaction((groups) => {
      const goneVectors: number[] = [];
      const done = groups.map((group) => this.#applyOne(group, goneVectors));
      return { done, goneVectors };
    });
    this.#touchAll = db.transaction((touches) => {
      for (const { key, count, at } of touches) this.#touch.run(count, at, key);
    });
  }

  insert(memories: readonly MemoryToStore[]): readonly string[] {
    return this.#insertAll.immediate(memories);
  }

  apply(groups: readonly EditGroup[]): Applied {
    return this.#applyAll.immediate(groups);
  }

  touch(touches: readonly Touch[]): void {
    this.#touchAll.immediate(touches);
  }

  #insertOne(key: number, memory: MemoryToStore): string {
    // It begins with the key: what finds it again is the table itself, without an index on ids.
    const id = `${key.toString(36)}-${this.#id().slice(0, maxSuffix)}`;
    this.#insert.run(
      key,
      id,
      tierNumber(memory.tier),
      memory.type,
      memory.text,
      memory.importance,
      memory.confidence,
      memory.createdAt,
      memory.accessedAt,
      memory.createdAt,
      memory.createdAt,
      memory.uses,
      memory.vector && key,
      memory.tags.length === 0 ? '[]' : JSON.stringify(memory.tags),
      JSON.stringify(memory.metadata),
      JSON.stringify(memory.provenance),
      memory.vector && toBlob(memory.vector),
    );
    for (const tag of memory.tags) this.#insertTag.run(tag, key);
    return id;
  }

  #applyOne({ edits = [], removes = [] }: EditGroup, goneVectors: number[]): boolean {
    const rows = [...edits, ...removes].map(({ key, revision }) => {
      const row = this.#present.get(key);
      return row?.revision === revision ? row : null;
    });
    if (rows.includes(null)) return false;
    for (const edit of edits) this.#edit(edit, goneVectors);
    for (const { key } of removes) {
      const vectorKey = this.#present.get(key)?.vectorKey;
      if (vectorKey) goneVectors.push(vectorKey);
      this.#delete.run(key);
    }
    return true;
  }

  #edit(edit: MemoryEdit, goneVectors: number[]): void {
    const { key, set, vector } = edit;
    const before = this.#present.get(key);
    if (set.tags) {
      this.#deleteTags.run(key, before?.tags ?? '[]');
      for (const tag of set.tags) this.#insertTag.run(tag, key);
    }
    if (set.text !== undefined) this.#text.changed(key, set.text);
    const columns: [string, unknown][] = [];
    if (vector !== undefined) {
      if (before?.vectorKey) goneVectors.push(before.vectorKey);
      // The old key may have been the largest that there is, and is never to come back.
      this.#remember.run(before?.vectorKey ?? 0);
      const vectorKey = vector && (this.#nextKey.get() ?? 1);
      columns.push(['vector_key = ?', vectorKey], ['vector = ?', vector && toBlob(vector)]);
    }
    columns.push(...assignments(set));
    const sql = ['revision = revision + 1', ...columns.map(([column]) => column)].join(', ');
    this.#statements
      .get(`UPDATE memories SET ${sql} WHERE key = ?`)
      .run(...columns.map(([, value]) => value), key);
  }
}

function assignments(set: MemoryEdit['set']): readonly [string, unknown][] {
  const all: [string, unknown][] = [
    ['tier = ?', set.tier === undefined ? undefined : tierNumber(set.tier)],
    ['text = ?', set.text],
    ['importance = ?', set.importance],
    ['confidence = ?', set.confidence],
    ['created_at = ?', set.createdAt],
    ['accessed_at = max(accessed_at, ?)', set.accessedAt],
    ['entered_at = ?', set.enteredAt],
    ['decayed_at = ?', set.decayedAt],
    ['uses = uses + ?', set.addUses],
    ['tags = ?', set.tags && JSON.stringify(set.tags)],
    ['metadata = ?', set.metadata && JSON.stringify(set.metadata)],
    ['provenance = ?', set.provenance && JSON.stringify(set.provenance)],
  ];
  return all.filter(([, value]) => value !== undefined);
}
