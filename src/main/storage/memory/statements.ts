import type { Database, Statement } from 'better-sqlite3';

/** Statements that are kept; those of filters differ by which conditions they have. */
const most = 200;

/** Statements by their SQL, prepared once each. */
export class Statements {
  readonly #db: Database;
  readonly #kept = new Map<string, Statement<unknown[]>>();

  constructor(db: Database) {
    this.#db = db;
  }

  get<Row>(sql: string): Statement<unknown[], Row> {
    const known = this.#kept.get(sql);
    if (known) return known as Statement<unknown[], Row>;
    if (this.#kept.size >= most) this.#kept.clear();
    const made = this.#db.prepare<unknown[], Row>(sql);
    this.#kept.set(sql, made as Statement<unknown[]>);
    return made;
  }
}
