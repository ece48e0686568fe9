import type { Database, Statement } from 'better-sqlite3';
import { OmegaError } from '#shared/error.ts';
import type { CollectionRow } from './vector-rows.ts';

/** The collections of vectors, by name. */
export class CollectionRows {
  readonly #insert: Statement<[string, number]>;
  readonly #find: Statement<[string], CollectionRow>;
  readonly #all: Statement<[], CollectionRow>;
  readonly #setChoice: Statement<[string, number]>;
  readonly #setSnapshot: Statement<[string | null, number]>;
  readonly #snapshots: Statement<[], string>;
  readonly #drop: Statement<[string]>;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO vector_collections (name, dimensions, size) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING',
    );
    this.#find = db.prepare('SELECT * FROM vector_collections WHERE name = ?');
    this.#all = db.prepare(
      "SELECT * FROM vector_collections WHERE name NOT LIKE '@%' ORDER BY name",
    );
    this.#setChoice = db.prepare('UPDATE vector_collections SET choice = ? WHERE id = ?');
    this.#setSnapshot = db.prepare('UPDATE vector_collections SET snapshot = ? WHERE id = ?');
    this.#snapshots = db
      .prepare<[], string>('SELECT snapshot FROM vector_collections WHERE snapshot IS NOT NULL')
      .pluck();
    this.#drop = db.prepare('DELETE FROM vector_collections WHERE name = ?');
  }

  /** The collection of that name, made where there is none. Throws `CONFLICT` on other dimensions. */
  open(name: string, dimensions: number): CollectionRow {
    // A store that cannot be written still opens what it has.
    if (!this.find(name)) this.#insert.run(name, dimensions);
    const row = this.find(name);
    if (!row || row.dimensions !== dimensions) {
      const has = `The collection "${name}" holds vectors of ${row?.dimensions} numbers, not ${dimensions}.`;
      throw new OmegaError('CONFLICT', `${has} Drop it, or open one of another name.`);
    }
    return row;
  }

  find(name: string): CollectionRow | null {
    return this.#find.get(name) ?? null;
  }

  /** Every collection whose vectors are in the store of vectors, by name; a name with `@` is of another store. */
  all(): readonly CollectionRow[] {
    return this.#all.all();
  }

  /** Deletes a collection and its vectors; whether it was there. */
  drop(name: string): boolean {
    return this.#drop.run(name).changes > 0;
  }

  /** Keeps which engine was chosen, as JSON. */
  setChoice(collection: number, choice: string): void {
    this.#setChoice.run(choice, collection);
  }

  /** Keeps what the file of its index is and holds, as JSON. */
  setSnapshot(collection: number, snapshot: string | null): void {
    this.#setSnapshot.run(snapshot, collection);
  }

  /** The snapshots of all collections that have one. */
  snapshots(): readonly string[] {
    return this.#snapshots.all();
  }
}
