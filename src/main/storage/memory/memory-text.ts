import type { Database, Statement } from 'better-sqlite3';
import type { Condition } from './memory-scope.ts';
import type { TextHit } from './memory-store.ts';
import { QueryWords } from './query-words.ts';
import type { Statements } from './statements.ts';

/** Texts, and UTF-16 units of them, that are indexed in one transaction: a few ms. */
const groupTexts = 128;
const groupUnits = 100_000;

type Waiting = { readonly key: number; readonly text: string };

/**
 * Full text of the memories, by SQLite's FTS5 (Porter stems, BM25). It follows the table in groups,
 * and so does the index of tiers, which has the rows that are `settled`: a row costs one page when it
 * is stored. Whoever searches or counts first has the rest taken in, so that nothing is missed.
 */
export class MemoryText {
  readonly #db: Database;
  readonly #statements: Statements;
  readonly #words: QueryWords;
  readonly #waiting: Statement<[], Waiting>;
  readonly #waits: Statement<[], number>;
  readonly #mark: Statement<[number]>;
  readonly #settle: Statement<[number]>;
  readonly #remove: Statement<[number]>;
  readonly #insert: Statement<[number, string]>;
  readonly #isIndexed: Statement<[number], number>;

  constructor(db: Database, statements: Statements) {
    this.#db = db;
    this.#statements = statements;
    this.#words = new QueryWords(db);
    const behind = 'key > (SELECT text_upto FROM memory_state)';
    this.#waiting = db.prepare(
      `SELECT key, text FROM memories WHERE ${behind} ORDER BY key LIMIT ${groupTexts}`,
    );
    this.#waits = db
      .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM memories WHERE ${behind})`)
      .pluck();
    this.#mark = db.prepare('UPDATE memory_state SET text_upto = ?');
    this.#settle = db.prepare(`UPDATE memories SET settled = 1 WHERE ${behind} AND key <= ?`);
    this.#remove = db.prepare('DELETE FROM memory_text WHERE rowid = ?');
    this.#insert = db.prepare('INSERT INTO memory_text (rowid, text) VALUES (?, ?)');
    this.#isIndexed = db
      .prepare<[number], number>('SELECT text_upto >= ? FROM memory_state')
      .pluck();
  }

  /** Takes in one group of what waits, and says whether more does. */
  takeIn(): boolean {
    if (!this.waits) return false;
    this.#db
      .transaction(() => {
        let [last, units] = [0, 0];
        for (const { key, text } of this.#waiting.all()) {
          if (units >= groupUnits) break;
          this.#insert.run(key, text);
          units += text.length;
          last = key;
        }
        if (last === 0) return;
        this.#settle.run(last);
        this.#mark.run(last);
      })
      .immediate();
    return this.waits;
  }

  /** Whether the memory of that key, and all before it, were taken in. */
  hasTaken(key: number): boolean {
    return this.#isIndexed.get(key) === 1;
  }

  /** Whether memories wait to be taken in. */
  get waits(): boolean {
    return this.#waits.get() === 1;
  }

  /** Notes that a memory's text is another one. Call it in the same transaction. */
  changed(key: number, text: string): void {
    // What was not taken in yet will be as it is then.
    if (!this.hasTaken(key)) return;
    this.#remove.run(key);
    this.#insert.run(key, text);
  }

  /**
   * As {@link search}, among the memories that wait to be taken in, for when nothing can be written:
   * they are read one by one, and of equal score are those with as many words of the text.
   */
  searchWaiting(text: string, condition: Condition, limit: number): readonly TextHit[] {
    const words = wordsOf(text);
    const rows = this.#statements
      .get<Waiting>(
        `SELECT memories.key AS key, memories.text AS text FROM memories
         WHERE memories.key > (SELECT text_upto FROM memory_state) AND ${condition.sql}`,
      )
      .iterate(...condition.values);
    const hits: TextHit[] = [];
    for (const row of rows) {
      const own = wordsOf(row.text);
      const score = [...words].filter((word) => own.has(word)).length;
      if (score > 0) hits.push({ key: row.key, score });
    }
    return hits.sort((one, other) => other.score - one.score).slice(0, limit);
  }

  /** Memories that have words of the text and meet the condition, best first. */
  search(text: string, condition: Condition, limit: number): readonly TextHit[] {
    const terms = this.#words.telling(text);
    if (terms.length === 0) return [];
    const match = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
    return this.#statements
      .get<TextHit>(
        `SELECT memories.key AS key, -memory_text.rank AS score
         FROM memory_text JOIN memories ON memories.key = memory_text.rowid
         WHERE memory_text MATCH ? AND ${condition.sql} ORDER BY memory_text.rank LIMIT ?`,
      )
      .all(match, ...condition.values, limit);
  }
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu));
}
