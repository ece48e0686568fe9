import type { Database, Statement } from 'better-sqlite3';
import type { Condition } from './memory-filter.ts';

/** Rows that are indexed in one transaction. */
const group = 512;
/** Words of a query that are looked for; BM25 costs time for each match of each. */
const maxTerms = 8;
/** A word that more than this share of memories has says little and costs much. */
const commonShare = 0.1;

/**
 * Full text of the memories, by SQLite's FTS5 (Porter stems, BM25). It follows the table in groups:
 * whoever searches first has the rest taken in, so that nothing stored is missed.
 */
export class MemoryText {
  readonly #db: Database;
  readonly #pending: Statement<[], number>;
  readonly #takeIn: Statement<[number]>;
  readonly #mark: Statement<[]>;
  readonly #remove: Statement<[number]>;
  readonly #insert: Statement<[number, string]>;
  readonly #isIndexed: Statement<[number], number>;
  readonly #total: Statement<[], number>;
  readonly #documents: Statement<[string], number>;
  readonly #clearWords: Statement<[]>;
  readonly #addWord: Statement<[number, string]>;
  readonly #stems: Statement<[], { readonly doc: number; readonly term: string }>;

  constructor(db: Database) {
    this.#db = db;
    // Words are stemmed by the very tokenizer that the index uses.
    db.exec(`
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.query_words
        USING fts5(word, content='', contentless_delete=1, tokenize='porter unicode61');
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.query_stems USING fts5vocab(query_words, 'instance');
    `);
    this.#pending = db
      .prepare<[], number>(
        'SELECT count(*) FROM memories WHERE key > (SELECT upto FROM memory_text_state)',
      )
      .pluck();
    this.#takeIn = db.prepare(`
      INSERT INTO memory_text (rowid, text)
      SELECT key, text FROM memories WHERE key > (SELECT upto FROM memory_text_state)
      ORDER BY key LIMIT ?`);
    this.#mark = db.prepare(
      'UPDATE memory_text_state SET upto = coalesce((SELECT max(rowid) FROM memory_text_docsize), upto)',
    );
    this.#remove = db.prepare('DELETE FROM memory_text WHERE rowid = ?');
    this.#insert = db.prepare('INSERT INTO memory_text (rowid, text) VALUES (?, ?)');
    this.#isIndexed = db
      .prepare<[number], number>('SELECT upto >= ? FROM memory_text_state')
      .pluck();
    this.#total = db.prepare<[], number>('SELECT count(*) FROM memories').pluck();
    this.#documents = db
      .prepare<[string], number>('SELECT doc FROM memory_terms WHERE term = ?')
      .pluck();
    this.#clearWords = db.prepare('DELETE FROM temp.query_words');
    this.#addWord = db.prepare('INSERT INTO temp.query_words (rowid, word) VALUES (?, ?)');
    this.#stems = db.prepare('SELECT doc, term FROM temp.query_stems');
  }

  /** Takes in one group of what waits, and says whether more does. */
  takeIn(): boolean {
    const { changes } = this.#db.transaction(() => {
      const taken = this.#takeIn.run(group);
      if (taken.changes > 0) this.#mark.run();
      return taken;
    })();
    return changes === group;
  }

  /** Memories that wait to be taken in. */
  get pending(): number {
    return this.#pending.get() ?? 0;
  }

  /** Notes that a memory's text changed to `text`, or is gone (null). Call it in the same transaction. */
  changed(key: number, text: string | null): void {
    // What was not taken in yet will be as it is then.
    if (!this.#isIndexed.get(key)) return;
    this.#remove.run(key);
    if (text !== null) this.#insert.run(key, text);
  }

  /** Keys of memories that have words of the text and meet the condition, best first. */
  search(text: string, condition: Condition, limit: number): readonly number[] {
    while (this.takeIn());
    const terms = this.#rarest(text);
    if (terms.length === 0) return [];
    const match = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
    return this.#db
      .prepare<unknown[], number>(
        `SELECT memories.key FROM memory_text JOIN memories ON memories.key = memory_text.rowid
         WHERE memory_text MATCH ? AND ${condition.sql} ORDER BY memory_text.rank LIMIT ?`,
      )
      .pluck()
      .all(match, ...condition.values, limit);
  }

  /** The words of the text that say most: the rarest that any memory has. */
  #rarest(text: string): readonly string[] {
    const words = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])].slice(
      0,
      200,
    );
    this.#clearWords.run();
    for (const [at, word] of words.entries()) this.#addWord.run(at + 1, word);
    const byStem = new Map<string, string>();
    for (const { doc, term } of this.#stems.all()) byStem.set(term, words[doc - 1] ?? term);
    const total = this.#total.get() ?? 0;
    const found = [...byStem]
      .map(([stem, word]) => ({ word, documents: this.#documents.get(stem) ?? 0 }))
      .filter(({ documents }) => documents > 0)
      .sort((one, other) => one.documents - other.documents);
    const telling = found.filter(({ documents }) => documents <= Math.max(10, total * commonShare));
    const chosen = telling.length > 0 ? telling : found.slice(0, 2);
    return chosen.slice(0, maxTerms).map(({ word }) => word);
  }
}
