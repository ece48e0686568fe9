import type { Database, Statement } from 'better-sqlite3';
import { OmegaError } from '#shared/error.ts';
import { CollectionRows } from './collection-rows.ts';
import { filterSql, type VectorFilter } from './vector-filter.ts';
import {
  type CollectionRow,
  type KeyedRows,
  keyedRows,
  readBlob,
  toBlob,
  type VectorMetadata,
  type VectorRecord,
} from './vector-rows.ts';

/** What a write did: keys that are new, and keys that nothing has any more. */
export type WrittenKeys = {
  readonly added: readonly number[];
  readonly removed: readonly number[];
};

/** A key that is in the table, and the id that it stands for. */
export type LiveKey = { readonly key: number; readonly id: string };

type Stored = { readonly id: string; readonly metadata: string; readonly vector: Buffer };

/**
 * The vectors of all collections: what is true. A key belongs to one vector for ever and is never
 * used again (a vector that changes gets a new one), so an index that knows a key knows its vector.
 */
export class VectorStore {
  readonly collections: CollectionRows;
  readonly #db: Database;
  readonly #grow: Statement<[number, number]>;
  readonly #countUpTo: Statement<[number, number], number>;
  readonly #keyOf: Statement<[number, string], { readonly key: number }>;
  readonly #insert: Statement<[number, string, string]>;
  readonly #insertValue: Statement<[number | bigint, Buffer]>;
  readonly #delete: Statement<[number]>;
  readonly #get: Statement<[number, string], Stored>;
  readonly #page: Statement<[number, number, number], { key: number; vector: Buffer }>;
  readonly #keys: Statement<[number, number, number], { readonly key: number }>;
  readonly #live: Statement<[number, number], LiveKey>;
  readonly #row: Statement<[number, number], { key: number; vector: Buffer }>;
  readonly #version: Statement<[], number>;

  constructor(db: Database) {
    this.#db = db;
    this.collections = new CollectionRows(db);
    this.#grow = db.prepare('UPDATE vector_collections SET size = size + ? WHERE id = ?');
    this.#countUpTo = db
      .prepare<[number, number], number>(
        'SELECT count(*) FROM vectors WHERE collection = ? AND key <= ?',
      )
      .pluck();
    this.#keyOf = db.prepare('SELECT key FROM vectors WHERE collection = ? AND id = ?');
    this.#insert = db.prepare('INSERT INTO vectors (collection, id, metadata) VALUES (?, ?, ?)');
    this.#insertValue = db.prepare('INSERT INTO vector_values (key, vector) VALUES (?, ?)');
    this.#delete = db.prepare('DELETE FROM vectors WHERE key = ?');
    this.#get = db.prepare(
      'SELECT id, metadata, vector FROM vectors JOIN vector_values USING (key) WHERE collection = ? AND id = ?',
    );
    this.#page = db.prepare(
      'SELECT key, vector FROM vectors JOIN vector_values USING (key) WHERE collection = ? AND key > ? ORDER BY key LIMIT ?',
    );
    this.#keys = db.prepare(
      'SELECT key FROM vectors WHERE collection = ? AND key > ? ORDER BY key LIMIT ?',
    );
    this.#live = db.prepare('SELECT key, id FROM vectors WHERE key = ? AND collection = ?');
    this.#row = db.prepare(
      'SELECT key, vector FROM vectors JOIN vector_values USING (key) WHERE collection = ? AND key = ?',
    );
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** How many vectors have that key or a smaller one. */
  countUpTo(collection: number, key: number): number {
    return this.#countUpTo.get(collection, key) ?? 0;
  }

  /** Inserts vectors, replacing those of the same id, with what `besides` writes; all or none. */
  upsert(collection: number, records: readonly VectorRecord[], besides?: () => void): WrittenKeys {
    const keyOf = (id: string) => this.#keyOf.get(collection, id)?.key;
    return this.#write(collection, records, keyOf, besides);
  }

  /** Inserts vectors; throws `CONFLICT`, and inserts none, where an id is there already. */
  add(collection: number, records: readonly VectorRecord[]): WrittenKeys {
    return this.#write(collection, records, (id) => {
      if (this.#keyOf.get(collection, id) === undefined) return undefined;
      const message = `A vector with the id "${id}" is there already; replace it with upsert.`;
      throw new OmegaError('CONFLICT', message);
    });
  }

  /** Deletes vectors by id; ids that are not there are passed over. */
  remove(collection: number, ids: readonly string[]): readonly number[] {
    const write = this.#db.transaction(() => {
      const removed: number[] = [];
      for (const id of ids) {
        const key = this.#keyOf.get(collection, id)?.key;
        if (key === undefined) continue;
        this.#delete.run(key);
        removed.push(key);
      }
      this.#grow.run(-removed.length, collection);
      return removed;
    });
    return write.immediate();
  }

  get(collection: number, id: string): VectorRecord | null {
    const row = this.#get.get(collection, id);
    if (!row) return null;
    const vector = new Float32Array(row.vector.byteLength / 4);
    readBlob(row.vector, vector);
    return { id: row.id, vector, metadata: JSON.parse(row.metadata) as VectorMetadata };
  }

  /** Vectors after a key, in the order of keys: how an index is filled. */
  page({ id, dimensions }: CollectionRow, after: number, limit: number): KeyedRows {
    return keyedRows(this.#page.all(id, after, limit), dimensions);
  }

  /** Keys after a key, in order. */
  keys(collection: number, after: number, limit: number): readonly number[] {
    return this.#keys.all(collection, after, limit).map(({ key }) => key);
  }

  /** Which of the keys are still in the collection, in the order given. */
  live(collection: number, keys: Iterable<number>): readonly LiveKey[] {
    const found: LiveKey[] = [];
    for (const key of keys) {
      const row = this.#live.get(key, collection);
      if (row) found.push(row);
    }
    return found;
  }

  /** Like {@link live}, of vectors whose metadata match. */
  liveMatching(
    collection: number,
    keys: readonly number[],
    filter: VectorFilter,
  ): readonly LiveKey[] {
    const { sql, values } = filterSql(filter);
    const rows = this.#db
      .prepare<unknown[], LiveKey>(
        `SELECT key, id FROM vectors WHERE key IN (SELECT value FROM json_each(?)) AND collection = ? AND ${sql}`,
      )
      .all(JSON.stringify(keys), collection, ...values);
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return keys.flatMap((key) => byKey.get(key) ?? []);
  }

  /** Vectors after a key, up to another one, whose metadata match. */
  window(
    { id, dimensions }: CollectionRow,
    after: number,
    upTo: number,
    filter: VectorFilter = {},
  ): KeyedRows {
    const { sql, values } = filterSql(filter);
    const rows = this.#db
      .prepare<unknown[], { key: number; vector: Buffer }>(
        `SELECT key, vector FROM vectors JOIN vector_values USING (key) WHERE collection = ? AND key > ? AND key <= ? AND ${sql}`,
      )
      .all(id, after, upTo, ...values);
    return keyedRows(rows, dimensions);
  }

  /** The vectors of keys that are there, in the order given. */
  rows({ id, dimensions }: CollectionRow, keys: readonly number[]): KeyedRows {
    return keyedRows(
      keys.flatMap((key) => this.#row.get(id, key) ?? []),
      dimensions,
    );
  }

  /** A number that changes when another connection has written to the store. */
  dataVersion(): number {
    return this.#version.get() ?? 0;
  }

  #write(
    collection: number,
    records: readonly VectorRecord[],
    replaced: (id: string) => number | undefined,
    besides?: () => void,
  ): WrittenKeys {
    const write = this.#db.transaction(() => {
      besides?.();
      const added: number[] = [];
      const removed: number[] = [];
      for (const { id, vector, metadata } of records) {
        const old = replaced(id);
        if (old !== undefined) {
          this.#delete.run(old);
          removed.push(old);
        }
        const key = Number(
          this.#insert.run(collection, id, JSON.stringify(metadata)).lastInsertRowid,
        );
        this.#insertValue.run(key, toBlob(vector));
        added.push(key);
      }
      this.#grow.run(added.length - removed.length, collection);
      return { added, removed };
    });
    return write.immediate();
  }
}
