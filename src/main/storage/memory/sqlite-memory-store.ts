import { setImmediate as breathe } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { type MemoryTier, memoryTiers } from '#shared/memory.ts';
import { isBusyStore, isReadOnlyStore } from '../store-error.ts';
import { type MemoryRow, memoryColumns, toStored } from './memory-rows.ts';
import { type MemoryScope, type Retention, scopeCondition } from './memory-scope.ts';
import type {
  Applied,
  EditGroup,
  MemoryState,
  MemoryStore,
  MemoryToStore,
  StoredMemory,
  TextHit,
  Touch,
} from './memory-store.ts';
import { MemoryText } from './memory-text.ts';
import { MemoryVectors } from './memory-vectors.ts';
import { MemoryWrites } from './memory-writes.ts';
import { Statements } from './statements.ts';

/** The memory that the vector with the key `wanted.value` belongs to: mostly that of the same key. */
const keyOfVector = `coalesce(
  (SELECT one.key FROM memories AS one WHERE one.key = wanted.value AND one.vector_key = one.key),
  (SELECT one.key FROM memories AS one INDEXED BY memories_renewed
    WHERE one.vector_key > one.key AND one.vector_key = wanted.value))`;

type Range = { readonly from: number; readonly to: number };

/** The memories in SQLite: rows, vectors, tags and full text, written together. */
export class SqliteMemoryStore implements MemoryStore {
  readonly #db: Database;
  readonly #statements: Statements;
  readonly #text: MemoryText;
  readonly #writes: MemoryWrites;
  #vectors: MemoryVectors | null = null;

  /** @param id gives a new unique text */
  constructor(db: Database, id: () => string) {
    this.#db = db;
    this.#statements = new Statements(db);
    this.#text = new MemoryText(db, this.#statements);
    this.#writes = new MemoryWrites(db, this.#statements, this.#text, id);
  }

  /** The vectors of memories as an index reads them. Throws `CONFLICT` where they have other dimensions. */
  vectors(dimensions: number): MemoryVectors {
    if (this.#vectors?.dimensions !== dimensions) {
      this.#vectors = new MemoryVectors(this.#db, dimensions);
    }
    return this.#vectors;
  }

  insert(memories: readonly MemoryToStore[]): readonly string[] {
    return this.#writes.insert(memories);
  }

  apply(groups: readonly EditGroup[]): Applied {
    return this.#writes.apply(groups);
  }

  touch(touches: readonly Touch[]): void {
    this.#writes.touch(touches);
  }

  find(id: string): StoredMemory | null {
    const key = Number.parseInt(/^([0-9a-z]{1,11})-/.exec(id)?.[1] ?? '', 36);
    if (!Number.isSafeInteger(key)) return null;
    const row = this.#statements
      .get<MemoryRow>(`SELECT ${memoryColumns} FROM memories WHERE key = ? AND id = ?`)
      .get(key, id);
    return row ? toStored(row) : null;
  }

  async searchText(text: string, scope: MemoryScope, limit: number): Promise<readonly TextHit[]> {
    const all = await this.#settled();
    const hits = this.#text.search(text, scopeCondition(scope), limit);
    if (all) return hits;
    const waiting = this.#text.searchWaiting(text, scopeCondition(scope), limit);
    return [...hits, ...waiting].sort((one, other) => other.score - one.score).slice(0, limit);
  }

  takeInText(): boolean {
    return this.#text.takeIn();
  }

  matching(keys: readonly number[], scope: MemoryScope): readonly StoredMemory[] {
    const { sql, values } = scopeCondition(scope);
    const rows = this.#statements
      .get<MemoryRow>(
        `SELECT ${memoryColumns} FROM memories
         WHERE memories.key IN (SELECT value FROM json_each(?)) AND ${sql}`,
      )
      .all(JSON.stringify(keys), ...values);
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return keys.flatMap((key) => {
      const row = byKey.get(key);
      return row ? [toStored(row)] : [];
    });
  }

  ofVectors(vectorKeys: readonly number[], scope: MemoryScope): ReadonlyMap<number, number> {
    const { sql, values } = scopeCondition(scope);
    const rows = this.#statements
      .get<{ readonly key: number; readonly vectorKey: number }>(
        `SELECT memories.key AS key, wanted.value AS vectorKey FROM json_each(?) AS wanted
         CROSS JOIN memories ON memories.key = ${keyOfVector} WHERE ${sql}`,
      )
      .all(JSON.stringify(vectorKeys), ...values);
    return new Map(rows.map(({ key, vectorKey }) => [vectorKey, key]));
  }

  goneVectors(vectorKeys: readonly number[]): readonly number[] {
    return this.#statements
      .get<{ readonly key: number }>(
        `SELECT value AS key FROM json_each(?)          AS wanted WHERE ${keyOfVector} IS NULL`,
      )
      .all(JSON.stringify(vectorKeys))
      .map(({ key }) => key);
  }

  newest(scope: MemoryScope, { from, to }: Range, limit: number): readonly StoredMemory[] {
    const { sql, values } = scopeCondition(scope);
    return this.#statements
      .get<MemoryRow>(
        `SELECT ${memoryColumns} FROM memories
         WHERE memories.key > ? AND memories.key <= ? AND ${sql}
         ORDER BY memories.key DESC LIMIT ?`,
      )
      .all(from, to, ...values, limit)
      .map(toStored);
  }

  vectorKeys(scope: MemoryScope, { from, to }: Range, limit: number) {
    const { sql, values } = scopeCondition(scope);
    return this.#statements
      .get<{ readonly key: number; readonly vectorKey: number }>(
        `SELECT memories.key AS key, vector_key AS vectorKey FROM memories
         WHERE memories.key > ? AND memories.key <= ? AND vector_key > 0 AND ${sql} LIMIT ?`,
      )
      .all(from, to, ...values, limit);
  }

  page(after: number, limit: number): readonly StoredMemory[] {
    return this.#statements
      .get<MemoryRow>(
        `SELECT ${memoryColumns} FROM memories WHERE memories.key > ? ORDER BY memories.key LIMIT ?`,
      )
      .all(after, limit)
      .map(toStored);
  }

  withoutVector(after: number, limit: number): readonly StoredMemory[] {
    return this.#statements
      .get<MemoryRow>(
        `SELECT ${memoryColumns} FROM memories INDEXED BY memories_bare
         WHERE vector_key IS NULL AND memories.key > ? ORDER BY memories.key LIMIT ?`,
      )
      .all(after, limit)
      .map(toStored);
  }

  needsNoVector(key: number): void {
    this.#statements
      .get('UPDATE memories SET vector_key = 0 WHERE key = ? AND vector_key IS NULL')
      .run(key);
  }

  markExpired(keys: readonly number[], since: number | null): void {
    const sql =
      since === null
        ? 'DELETE FROM memory_expired WHERE key = ?'
        : 'INSERT INTO memory_expired (key, since) VALUES (?, ?) ON CONFLICT (key) DO NOTHING';
    const statement = this.#statements.get(sql);
    this.#db
      .transaction(() => {
        for (const key of keys) statement.run(...(since === null ? [key] : [key, since]));
      })
      .immediate();
  }

  lastKey(): number {
    const sql = 'SELECT max(key) AS last FROM memories';
    return this.#statements.get<{ last: number | null }>(sql).get()?.last ?? 0;
  }

  async sizes(retention: Retention, now: number): Promise<Readonly<Record<MemoryTier, number>>> {
    // What is not settled is in no index: all rows are read then.
    const indexed = (await this.#settled()) ? 'settled = 1 AND' : '';
    const count = this.#statements.get<{ count: number }>(
      `SELECT count(*) AS count FROM memories WHERE ${indexed} tier = ? AND accessed_at > ?`,
    );
    const sizes = memoryTiers.map((tier, at) => {
      const keeps = retention[tier];
      const since = keeps === null ? Number.MIN_SAFE_INTEGER : now - keeps;
      return [tier, count.get(at, since)?.count ?? 0];
    });
    return Object.fromEntries(sizes) as Record<MemoryTier, number>;
  }

  state(): MemoryState {
    const sql = `SELECT merged_upto AS mergedUpto, seen_at AS seenAt, lived_ms AS livedMs
      FROM memory_state`;
    return this.#statements.get<MemoryState>(sql).get() as MemoryState;
  }

  keepState({ mergedUpto, seenAt, livedMs }: MemoryState): void {
    this.#statements
      .get('UPDATE memory_state SET merged_upto = ?, seen_at = ?, lived_ms = ?')
      .run(mergedUpto, seenAt, livedMs);
  }

  /** Ends when all that was stored before is in the indexes that follow; false where they cannot be written now. */
  async #settled(): Promise<boolean> {
    const last = this.lastKey();
    try {
      while (!this.#text.hasTaken(last) && this.#text.takeIn()) await breathe();
      return true;
    } catch (error) {
      if (!isReadOnlyStore(error) && !isBusyStore(error)) throw error;
      return false;
    }
  }
}
