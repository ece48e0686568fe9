import type { Database, Statement } from 'better-sqlite3';
import { functionWords } from './function-words.ts';

/** Different words of a query that are looked at, and that are searched for at most. */
const maxWords = 200;
const maxTerms = 12;
/** Matches that a search may have to score, summed over its words: BM25 costs a microsecond each. */
const maxMatches = 6_000;
/** Words whose number of memories is remembered. */
const maxCounts = 50_000;
/** Share by which memories may have become more or fewer before words are counted anew. */
const stale = 0.1;

/**
 * Chooses what a search looks for. The words that few memories have say most and cost least, so they
 * are taken, rarest first, while their matches stay within a bound that does not grow with the store.
 */
export class QueryWords {
  readonly #total: Statement<[], number>;
  readonly #documents: Statement<[string], number>;
  readonly #stem: (words: readonly string[]) => ReadonlyMap<string, string>;
  readonly #counts = new Map<string, number>();
  #countedAt = 0;

  constructor(db: Database) {
    // Words are stemmed by the very tokenizer that the index uses.
    db.exec(`
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.query_words
        USING fts5(words, content='', contentless_delete=1, tokenize='porter unicode61');
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.query_stems USING fts5vocab(query_words, 'instance');
    `);
    // By key: a count of rows would read an index from end to end.
    this.#total = db.prepare<[], number>('SELECT coalesce(max(key), 0) FROM memories').pluck();
    this.#documents = db
      .prepare<[string], number>('SELECT doc FROM memory_terms WHERE term = ?')
      .pluck();
    const clear = db.prepare('DELETE FROM temp.query_words');
    const add = db.prepare<[number, string]>(
      'INSERT INTO temp.query_words (rowid, words) VALUES (?, ?)',
    );
    const stems = db.prepare<[], { readonly doc: number; readonly term: string }>(
      'SELECT doc, term FROM temp.query_stems',
    );
    this.#stem = db.transaction((words: readonly string[]) => {
      clear.run();
      // Each a document of its own: one that is no word to the tokenizer would shift the others.
      for (const [at, word] of words.entries()) add.run(at + 1, word);
      return new Map(stems.all().map(({ doc, term }) => [term, words[doc - 1] ?? term]));
    });
  }

  /** The words of the text to search for; none where no memory has any of them. */
  telling(text: string): readonly string[] {
    const all = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])];
    if (all.length === 0) return [];
    const telling = all.filter((word) => !functionWords.has(word));
    const words = telling.length > 0 ? telling : all;
    this.#forgetOld();
    const found = [...this.#stem(words.slice(0, maxWords))]
      .map(([stem, word]) => ({ word, documents: this.#count(stem) }))
      .filter(({ documents }) => documents > 0)
      .sort((one, other) => one.documents - other.documents);
    let matches = 0;
    const chosen = found.filter(({ documents }, at) => {
      matches += documents;
      return at === 0 || (at < maxTerms && matches <= maxMatches);
    });
    return chosen.map(({ word }) => word);
  }

  #forgetOld(): void {
    const total = this.#total.get() ?? 0;
    if (Math.abs(total - this.#countedAt) <= stale * this.#countedAt) return;
    this.#countedAt = total;
    this.#counts.clear();
  }

  /** To count a word reads all its places, so it is done once. */
  #count(stem: string): number {
    const known = this.#counts.get(stem);
    if (known !== undefined) return known;
    const counted = this.#documents.get(stem) ?? 0;
    if (this.#counts.size >= maxCounts) this.#counts.clear();
    // A word that no memory has may be in the next one.
    if (counted > 0) this.#counts.set(stem, counted);
    return counted;
  }
}
