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
  readonly #insertVector: Statement<[number, number, Buffer]>;
  readonly #deleteVector: Statement<[number]>;
  readonly #insertTag: Statement<[string, number]>;
  readonly #deleteTags: Statement<[number, string]>;
  readonly #touch: Statement<[number, number, number]>;
  readonly #present: Statement<[number], { revision: number; vector: number | null; tags: string }>;
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
           coalesce((SELECT max(key) FROM memory_vectors), 0)) FROM memory_state`,
      )
      .pluck();
    this.#insert = db.prepare(`INSERT INTO memories (key, id, tier, type, text, importance,
      confidence, created_at, accessed_at, entered_at, decayed_at, uses, revision, vector, tags,
      metadata, provenance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`);
    this.#insertVector = db.prepare(
      'INSERT INTO memory_vectors (key, memory, vector) VALUES (?, ?, ?)',
    );
    this.#deleteVector = db.prepare('DELETE FROM memory_vectors WHERE key = ?');
    this.#insertTag = db.prepare('INSERT OR IGNORE INTO memory_tags (tag, key) VALUES (?, ?)');
    this.#deleteTags = db.prepare(
      'DELETE FROM memory_tags WHERE key = ? AND tag IN (SELECT value FROM json_each(?))',
    );
    // A clock that was set back makes no memory older.
    this.#touch = db.prepare(
      'UPDATE memories SET uses = uses + ?, accessed_at = max(accessed_at, ?) WHERE key = ?',
    );
    this.#present = db.prepare('SELECT revision, vector, tags FROM memories WHERE key = ?');
    this.#delete = db.prepare('DELETE FROM memories WHERE key = ?');
    this.#insertAll = db.transaction((memories) => memories.map((one) => this.#insertOne(one)));
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

  #insertOne(memory: MemoryToStore): string {
    const key = this.#nextKey.get() ?? 1;
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
    );
    if (memory.vector) this.#insertVector.run(key, key, toBlob(memory.vector));
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
      const vector = this.#present.get(key)?.vector;
      if (vector) goneVectors.push(vector);
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
      if (before?.vector) goneVectors.push(before.vector);
      columns.push(['vector = ?', this.#replaceVector(key, before?.vector ?? null, vector)]);
    }
    columns.push(...assignments(set));
    const sql = ['revision = revision + 1', ...columns.map(([column]) => column)].join(', ');
    this.#statements
      .get(`UPDATE memories SET ${sql} WHERE key = ?`)
      .run(...columns.map(([, value]) => value), key);
  }

  /** The key of the new vector: never one that another vector had. */
  #replaceVector(key: number, before: number | null, vector: Float32Array | null): number | null {
    const next = this.#nextKey.get() ?? 1;
    if (vector) this.#insertVector.run(next, key, toBlob(vector));
    // After the insert, so that the largest key is never one that is about to be free again.
    if (before && vector) this.#deleteVector.run(before);
    else if (before) {
      this.#statements.get('UPDATE memory_state SET last_key = max(last_key, ?)').run(before);
      this.#deleteVector.run(before);
    }
    return vector ? next : null;
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
