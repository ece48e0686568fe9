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
  readonly #page: Statement<[number, number], Row>;
  readonly #keys: Statement<[number, number], number>;
  readonly #row: Statement<[number], Row>;
  readonly #window: Statement<[number, number], Row>;
  readonly #count: Statement<[], number>;
  readonly #countUpTo: Statement<[number], number>;
  readonly #version: Statement<[], number>;
  readonly #changes: Statement<[], number>;
  #counted = { size: 0, version: -1, changes: 0 };

  /** Throws `CONFLICT` where the memories have vectors of other dimensions. */
  constructor(db: Database, dimensions: number) {
    this.#collections = new CollectionRows(db);
    this.#collection = this.#collections.open(name, dimensions).id;
    this.dimensions = dimensions;
    this.#page = db.prepare(
      'SELECT key, vector FROM memory_vectors WHERE key > ? ORDER BY key LIMIT ?',
    );
    this.#keys = db
      .prepare<[number, number], number>(
        'SELECT key FROM memory_vectors WHERE key > ? ORDER BY key LIMIT ?',
      )
      .pluck();
    this.#row = db.prepare('SELECT key, vector FROM memory_vectors WHERE key = ?');
    this.#window = db.prepare('SELECT key, vector FROM memory_vectors WHERE key > ? AND key <= ?');
    // By the small indexes of the other table: this one has two rows a page.
    this.#count = db
      .prepare<[], number>(
        `SELECT (SELECT count(*) FROM memories INDEXED BY memories_tier)
           - (SELECT count(*) FROM memories INDEXED BY memories_bare WHERE vector IS NULL)`,
      )
      .pluck();
    this.#countUpTo = db
      .prepare<[number], number>('SELECT count(*) FROM memory_vectors WHERE key <= ?')
      .pluck();
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  }

  /** About: after a twentieth of so many writes it is counted anew. */
  size(): number {
    const now = { version: this.dataVersion(), changes: this.#changes.get() ?? 0 };
    const { size, version, changes } = this.#counted;
    if (now.version !== version || now.changes - changes > size / 20) {
      this.#counted = { size: this.#count.get() ?? 0, ...now };
    }
    return this.#counted.size;
  }

  countUpTo(key: number): number {
    return this.#countUpTo.get(key) ?? 0;
  }

  page(after: number, limit: number): KeyedRows {
    return keyedRows(this.#page.all(after, limit), this.dimensions);
  }

  keys(after: number, limit: number): readonly number[] {
    return this.#keys.all(after, limit);
  }

  rows(keys: readonly number[]): KeyedRows {
    const found = keys.flatMap((key) => this.#row.get(key) ?? []);
    return keyedRows(found, this.dimensions);
  }

  /** Vectors after a key, up to another one. */
  window(after: number, upTo: number): KeyedRows {
    return keyedRows(this.#window.all(after, upTo), this.dimensions);
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
