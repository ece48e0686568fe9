import type { Database, Statement } from 'better-sqlite3';
import type { Episode, EpisodeFilter, EpisodeTotals } from '#shared/agentdb-episodes.ts';
import { type EpisodeRow, episodeCondition, taskHash, toEpisode } from './episode-rows.ts';
import { WordIndex } from './word-index.ts';

const columns =
  'key, id, session, at, success, reward, latency_ms, tokens, labels, task, critique, input, output';

/** The episodes, in SQLite: rows, labels, full text, and what each task came to. They never change. */
export class EpisodeStore {
  readonly #db: Database;
  readonly #text: WordIndex;
  readonly #insert: Statement<unknown[]>;
  readonly #insertLabel: Statement<[string, number, number, number, number]>;
  readonly #count: Statement<[string, number, number, number], { readonly task: number }>;
  readonly #get: Statement<[string], EpisodeRow>;
  readonly #unembedded: Statement<[number], EpisodeRow>;
  readonly #setEmbedded: Statement<[string]>;
  readonly #embedAgain: Statement<[]>;
  readonly #isPending: Statement<[string], number>;
  readonly #pending: Statement<[], number>;

  constructor(db: Database) {
    this.#db = db;
    this.#text = new WordIndex(db, 'episode_text');
    this.#insert = db.prepare(`
      INSERT INTO episodes (id, session, at, success, reward, latency_ms, tokens, embedded,
        labels, task, critique, input, output)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#insertLabel = db.prepare(
      'INSERT INTO episode_labels (label, key, task, success, reward) VALUES (?, ?, ?, ?, ?)',
    );
    this.#count = db.prepare(`
      INSERT INTO episode_tasks (hash, episodes, successes, rewards, reward_squares)
      VALUES (?, 1, ?, ?, ?)
      ON CONFLICT (hash) DO UPDATE SET
        episodes = episodes + 1,
        successes = successes + excluded.successes,
        rewards = rewards + excluded.rewards,
        reward_squares = reward_squares + excluded.reward_squares
      RETURNING task`);
    this.#get = db.prepare(`SELECT ${columns} FROM episodes WHERE id = ?`);
    this.#unembedded = db.prepare(
      `SELECT ${columns} FROM episodes WHERE embedded = 0 ORDER BY key LIMIT ?`,
    );
    this.#setEmbedded = db.prepare('UPDATE episodes SET embedded = 1 WHERE id = ?');
    this.#embedAgain = db.prepare('UPDATE episodes SET embedded = 0 WHERE embedded = 1');
    this.#isPending = db
      .prepare<[string], number>('SELECT embedded = 0 FROM episodes WHERE id = ?')
      .pluck();
    this.#pending = db
      .prepare<[], number>('SELECT count(*) FROM episodes WHERE embedded = 0')
      .pluck();
  }

  /**
   * Inserts an episode; call it inside the transaction that keeps its vector, where it has one.
   * Throws `SQLITE_CONSTRAINT_UNIQUE` where the id is there already.
   */
  insert(episode: Episode, embedded: boolean): void {
    const { id, sessionId, at, reward, latencyMs, tokens, task, critique } = episode;
    const success = Number(episode.success);
    const labels = [...new Set(episode.labels)];
    const key = Number(
      this.#insert.run(
        ...[id, sessionId, at, success, reward, latencyMs, tokens, Number(embedded)],
        ...[JSON.stringify(labels), task, critique, episode.input, episode.output],
      ).lastInsertRowid,
    );
    const counted = this.#count.get(taskHash(task), success, reward, reward * reward);
    for (const label of labels) {
      this.#insertLabel.run(label, key, counted?.task ?? 0, success, reward);
    }
    this.#text.add(key, `${task}\n${critique}\n${episode.input}`);
  }

  /** The episode of that id, or null. */
  get(id: string): Episode | null {
    const row = this.#get.get(id);
    return row ? toEpisode(row) : null;
  }

  /** The newest that match. */
  newest(filter: EpisodeFilter, limit: number): readonly Episode[] {
    const { sql, values } = episodeCondition(filter);
    return this.#db
      .prepare<unknown[], EpisodeRow>(
        `SELECT ${columns} FROM episodes WHERE ${sql} ORDER BY at DESC, key DESC LIMIT ?`,
      )
      .all(...values, limit)
      .map(toEpisode);
  }

  /** Those that match and have words of the text, best first. */
  withWords(text: string, filter: EpisodeFilter, limit: number): readonly Episode[] {
    const match = this.#text.anyWord(text);
    if (match === null) return [];
    const { sql, values } = episodeCondition(filter);
    return this.#db
      .prepare<unknown[], EpisodeRow>(
        `SELECT ${columns} FROM episodes JOIN episode_text ON episode_text.rowid = key
         WHERE episode_text MATCH ? AND ${sql} ORDER BY episode_text.rank, key DESC LIMIT ?`,
      )
      .all(match, ...values, limit)
      .map(toEpisode);
  }

  /** What those that match came to. */
  totals(filter: EpisodeFilter): EpisodeTotals {
    const { sql, values } = episodeCondition(filter);
    const totals = this.#db
      .prepare<unknown[], EpisodeTotals>(
        `SELECT count(*) AS count, avg(success) AS successRate, avg(reward) AS meanReward,
           avg(latency_ms) AS meanLatencyMs, avg(tokens) AS meanTokens
         FROM episodes WHERE ${sql}`,
      )
      .get(...values);
    const none = { successRate: null, meanReward: null, meanLatencyMs: null, meanTokens: null };
    return totals ?? { count: 0, ...none };
  }

  /** Episodes whose vector could not be had when they were stored, oldest first. */
  unembedded(limit: number): readonly Episode[] {
    return this.#unembedded.all(limit).map(toEpisode);
  }

  /** Has all embedded anew; how many had a vector. */
  embedAgain(): number {
    return this.#embedAgain.run().changes;
  }

  /** How many {@link unembedded} there are. */
  get pending(): number {
    return this.#pending.get() ?? 0;
  }

  /** Whether an episode is among the {@link unembedded}. */
  isPending(id: string): boolean {
    return this.#isPending.get(id) === 1;
  }

  /** Notes that an episode has its vector now. */
  setEmbedded(id: string): void {
    this.#setEmbedded.run(id);
  }
}
