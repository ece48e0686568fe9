import type { Database, Statement } from 'better-sqlite3';

/** Words of a query that are looked at, and those of them that are looked for. */
const maxLookedAt = 64;
const maxWords = 16;
/** A word that so many rows have says little, and ranking them costs a lot. */
const common = 5_000;

/** Full text of rows, by SQLite's FTS5 (Porter stems, BM25): how they are found without vectors. */
export class WordIndex {
  readonly #insert: Statement<[number, string]>;
  readonly #count: Statement<[string], number>;

  constructor(db: Database, table: 'episode_text' | 'skill_text') {
    this.#insert = db.prepare(`INSERT INTO ${table} (rowid, text) VALUES (?, ?)`);
    this.#count = db
      .prepare<[string], number>(
        `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT ${common})`,
      )
      .pluck();
  }

  /** Takes in the text of a row; call it inside the transaction that inserts the row. */
  add(key: number, text: string): void {
    this.#insert.run(key, text);
  }

  /** What `MATCH` takes for any of the text's words that say most; null where no row has one. */
  anyWord(text: string): string | null {
    const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
    const found = [...words]
      .slice(0, maxLookedAt)
      .map((word) => ({ match: `"${word}"`, rows: this.#count.get(`"${word}"`) ?? 0 }))
      .filter(({ rows }) => rows > 0)
      .sort((one, other) => one.rows - other.rows);
    const telling = found.filter(({ rows }) => rows < common).slice(0, maxWords);
    const chosen = telling.length > 0 ? telling : found.slice(0, 1);
    return chosen.length === 0 ? null : chosen.map(({ match }) => match).join(' OR ');
  }
}
