import type { Database, Statement } from 'better-sqlite3';
import type { Skill } from '#shared/agentdb-skills.ts';
import { type SkillRow, toSkill, worthOf } from './skill-rows.ts';
import { WordIndex } from './word-index.ts';

/** What a version of a skill is made of. */
export type SkillText = Pick<Skill, 'name' | 'description' | 'content' | 'metadata'>;

/** What inserting a skill came to: a new version, or the latest, which says the same. */
export type InsertedSkill = { readonly skill: Skill; readonly created: boolean };

/** One use of a version. */
export type StoredUse = {
  readonly success: boolean;
  readonly reward?: number | undefined;
  readonly latencyMs?: number | undefined;
};

const isLatest = 'version = (SELECT max(version) FROM skills newer WHERE newer.name = skills.name)';
/** Worth of a first version before its first use. */
const firstPrior = 0.5;

/** The skills, in SQLite: every version with its uses, and full text. */
export class SkillStore {
  readonly #db: Database;
  readonly #text: WordIndex;
  readonly #insert: Statement<unknown[]>;
  readonly #get: Statement<[string], SkillRow>;
  readonly #latest: Statement<[string], SkillRow>;
  readonly #version: Statement<[string, number], SkillRow>;
  readonly #versions: Statement<[string, number], SkillRow>;
  readonly #all: Statement<[number], SkillRow>;
  readonly #withWords: Statement<[string, number], SkillRow>;
  readonly #use: Statement<unknown[]>;
  readonly #unembedded: Statement<[number], SkillRow>;
  readonly #setEmbedded: Statement<[string]>;
  readonly #embedAgain: Statement<[]>;
  readonly #pending: Statement<[], number>;

  constructor(db: Database) {
    this.#db = db;
    this.#text = new WordIndex(db, 'skill_text');
    this.#insert = db.prepare(`
      INSERT INTO skills (id, name, version, embedded, created_at, prior, uses, successes, rewarded,
        rewards, timed, latency_ms, description, content, metadata)
      VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, ?, ?, ?)`);
    this.#get = db.prepare('SELECT * FROM skills WHERE id = ?');
    this.#latest = db.prepare('SELECT * FROM skills WHERE name = ? ORDER BY version DESC LIMIT 1');
    this.#version = db.prepare('SELECT * FROM skills WHERE name = ? AND version = ?');
    this.#versions = db.prepare(
      'SELECT * FROM skills WHERE name = ? ORDER BY version DESC LIMIT ?',
    );
    this.#all = db.prepare(`SELECT * FROM skills WHERE ${isLatest} ORDER BY name LIMIT ?`);
    this.#withWords = db.prepare(`
      SELECT skills.* FROM skills JOIN skill_text ON skill_text.rowid = key
      WHERE skill_text MATCH ? AND ${isLatest} ORDER BY skill_text.rank LIMIT ?`);
    this.#use = db.prepare(`
      UPDATE skills SET uses = uses + 1, successes = successes + ?, rewarded = rewarded + ?,
        rewards = rewards + ?, timed = timed + ?, latency_ms = latency_ms + ?, last_used_at = ?
      WHERE id = ?`);
    this.#unembedded = db.prepare(
      `SELECT * FROM skills WHERE embedded = 0 AND ${isLatest} ORDER BY key LIMIT ?`,
    );
    this.#setEmbedded = db.prepare('UPDATE skills SET embedded = 1 WHERE id = ?');
    this.#embedAgain = db.prepare('UPDATE skills SET embedded = 0 WHERE embedded = 1');
    this.#pending = db
      .prepare<[], number>(`SELECT count(*) FROM skills WHERE embedded = 0 AND ${isLatest}`)
      .pluck();
  }

  /**
   * Makes the next version of a name, or finds that its latest says the same. Its worth begins where
   * that of the version before is. Call it inside the transaction that keeps its vector.
   */
  insert(id: string, text: SkillText, embedded: boolean, now: number): InsertedSkill {
    const before = this.#latest.get(text.name);
    if (before && saysTheSame(before, text)) {
      if (embedded) this.#setEmbedded.run(before.id);
      return { skill: toSkill(before), created: false };
    }
    const { name, description, content, metadata } = text;
    const [version, prior] = before ? [before.version + 1, worthOf(before)] : [1, firstPrior];
    const { lastInsertRowid } = this.#insert.run(
      ...[id, name, version, Number(embedded), now, prior],
      ...[description, content, JSON.stringify(metadata)],
    );
    this.#text.add(Number(lastInsertRowid), `${name}\n${description}`);
    const skill = this.get(id);
    if (!skill) throw new Error(`The skill ${id} was inserted and is not there.`);
    return { skill, created: true };
  }

  /** The version of that id, or null. */
  get(id: string): Skill | null {
    const row = this.#get.get(id);
    return row ? toSkill(row) : null;
  }

  /** A version of a name, the latest where no number is given; null where there is none. */
  version(name: string, version?: number): Skill | null {
    const row = version === undefined ? this.#latest.get(name) : this.#version.get(name, version);
    return row ? toSkill(row) : null;
  }

  /** The versions of a name, newest first. */
  versions(name: string, limit: number): readonly Skill[] {
    return this.#versions.all(name, limit).map(toSkill);
  }

  /** The latest version of every name, by name. */
  all(limit: number): readonly Skill[] {
    return this.#all.all(limit).map(toSkill);
  }

  /** Latest versions that have words of the text, best first. */
  withWords(text: string, limit: number): readonly Skill[] {
    const match = this.#text.anyWord(text);
    return match === null ? [] : this.#withWords.all(match, limit).map(toSkill);
  }

  /** Counts a use; the version as it is then, or null where there is none of that id. */
  use(id: string, { success, reward, latencyMs }: StoredUse, now: number): Skill | null {
    const counted = (value: number | undefined) => (value === undefined ? [0, 0] : [1, value]);
    return this.#db
      .transaction(() => {
        this.#use.run(Number(success), ...counted(reward), ...counted(latencyMs), now, id);
        return this.get(id);
      })
      .immediate();
  }

  /** Latest versions whose vector could not be had when they were made. */
  unembedded(limit: number): readonly Skill[] {
    return this.#unembedded.all(limit).map(toSkill);
  }

  /** Has all embedded anew; how many had a vector. */
  embedAgain(): number {
    return this.#embedAgain.run().changes;
  }

  /** How many {@link unembedded} there are. */
  get pending(): number {
    return this.#pending.get() ?? 0;
  }

  /** Notes that a version has its vector now. */
  setEmbedded(id: string): void {
    this.#setEmbedded.run(id);
  }
}

function saysTheSame(row: SkillRow, text: SkillText): boolean {
  return (
    row.description === text.description &&
    row.content === text.content &&
    row.metadata === JSON.stringify(text.metadata)
  );
}
