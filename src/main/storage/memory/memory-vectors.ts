import type { Database, Statement } from 'better-sqlite3';
import { CollectionRows } from '../vectors/collection-rows.ts';
import { type KeyedRows, keyedRows } from '../vectors/vector-rows.ts';
import type { VectorSource } from '../vectors/vector-source.ts';

/** No collection that a caller names can have it. */
const name = '@memories';

type Row = { readonly key: number; readonly vector: Buffer };

/** The vectors of memories as an index reads them. Which engine they have is noted beside the collections'. */
export class MemoryVectors implements VectorSource {
  readonly name = name;
  readonly dimensions: number;
  readonly #collections: CollectionRows;
  readonly #collection: number;
  readonly #firstRows: Statement<[number, number], Row>;
  readonly #renewedRows: Statement<[number, number], Row>;
  readonly #firstKeys: Statement<[number, number], number>;
  readonly #renewedKeys: Statement<[number, number], number>;
  readonly #first: Statement<[number], Row>;
  readonly #renewed: Statement<[number], Row>;
  readonly #count: Statement<[{ readonly upto: number }], number>;
  readonly #version: Statement<[], number>;
  readonly #changes: Statement<[], number>;
  #counted = { size: 0, version: -1, changes: 0 };

  /** Throws `CONFLICT` where the memories have vectors of other dimensions. */
  constructor(db: Database, dimensions: number) {
    this.#collections = new CollectionRows(db);
    this.#collection = this.#collections.open(name, dimensions).id;
    this.dimensions = dimensions;
    // The vector that a memory came with has the memory's key, one that it got later a key of its own.
    const first = 'FROM memories WHERE vector_key = key AND';
    const renewed = 'FROM memories INDEXED BY memories_renewed WHERE vector_key > key AND';
    const row = 'SELECT vector_key AS key, vector';
    const [firstAfter, renewedAfter] = [
      `${first} key > ? ORDER BY key LIMIT ?`,
      `${renewed} vector_key > ? ORDER BY vector_key LIMIT ?`,
    ];
    this.#firstRows = db.prepare(`${row} ${firstAfter}`);
    this.#renewedRows = db.prepare(`${row} ${renewedAfter}`);
    this.#firstKeys = db
      .prepare<[number, number], number>(`SELECT vector_key ${firstAfter}`)
      .pluck();
    this.#renewedKeys = db
      .prepare<[number, number], number>(`SELECT vector_key ${renewedAfter}`)
      .pluck();
    this.#first = db.prepare(`${row} ${first} key = ?`);
    this.#renewed = db.prepare(`${row} ${renewed} vector_key = ?`);
    // By small indexes alone: the table has two rows a page.
    this.#count = db
      .prepare<[{ readonly upto: number }], number>(
        `SELECT (SELECT count(*) FROM memories INDEXED BY memories_tier
             WHERE settled = 1 AND key <= @upto)
           - (SELECT count(*) FROM memories INDEXED BY memories_bare
             WHERE vector_key IS NULL AND key <= @upto)
           - (SELECT count(*) FROM memories INDEXED BY memories_wordless
             WHERE vector_key = 0 AND key <= @upto)
           - (SELECT count(*) FROM memories INDEXED BY memories_renewed
             WHERE vector_key > key AND key <= @upto AND vector_key > @upto)`,
      )
      .pluck();
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  }

  /** About: after a twentieth of so many writes it is counted anew. */
  size(): number {
    const now = { version: this.dataVersion(), changes: this.#changes.get() ?? 0 };
    const { size, version, changes } = this.#counted;
    if (now.version !== version || now.changes - changes > size / 20) {
      this.#counted = { size: this.#count.get({ upto: Number.MAX_SAFE_INTEGER }) ?? 0, ...now };
    }
    return this.#counted.size;
  }

  countUpTo(key: number): number {
    return this.#count.get({ upto: key }) ?? 0;
  }

  page(after: number, limit: number): KeyedRows {
    const renewed = this.#renewedRows.all(after, limit);
    const rows = [...this.#firstRows.all(after, limit), ...renewed];
    if (renewed.length > 0) rows.sort((one, other) => one.key - other.key);
    return keyedRows(rows.slice(0, limit), this.dimensions);
  }

  keys(after: number, limit: number): readonly number[] {
    const keys = [...this.#firstKeys.all(after, limit), ...this.#renewedKeys.all(after, limit)];
    return keys.sort((one, other) => one - other).slice(0, limit);
  }

  rows(keys: readonly number[]): KeyedRows {
    const found = keys.flatMap((key) => this.#first.get(key) ?? this.#renewed.get(key) ?? []);
    return keyedRows(found, this.dimensions);
  }

  dataVersion(): number {
    return this.#version.get() ?? 0;
  }

  record() {
    const row = this.#collections.find(name);
    return { choice: row?.choice ?? null, snapshot: row?.snapshot ?? null };
  }

  keepChoice(choice: string): void {
    this.#collections.setChoice(this.#collection, choice);
  }

  keepSnapshot(snapshot: string | null): void {
    this.#collections.setSnapshot(this.#collection, snapshot);
  }
}
