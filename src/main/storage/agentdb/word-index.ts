import type { Database, Statement } from 'better-sqlite3';

/** Words of a query that are looked for; BM25 costs time for each match of each. */
const maxWords = 16;

/** Full text of rows, by SQLite's FTS5 (Porter stems, BM25): how they are found without vectors. */
export class WordIndex {
  readonly #insert: Statement<[number, string]>;

  constructor(db: Database, table: 'episode_text' | 'skill_text') {
    this.#insert = db.prepare(`INSERT INTO ${table} (rowid, text) VALUES (?, ?)`);
  }

  /** Takes in the text of a row; call it inside the transaction that inserts the row. */
  add(key: number, text: string): void {
    this.#insert.run(key, text);
  }
}

/** What `MATCH` takes for any of the words of a text; null where it has none. */
export function anyWord(text: string): string | null {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
  // The longest say most: no text has its "the" and "of" among them.
  const telling = [...words].sort((a, b) => b.length - a.length).slice(0, maxWords);
  return telling.length === 0 ? null : telling.map((word) => `"${word}"`).join(' OR ');
}
