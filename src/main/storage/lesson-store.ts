import type { Database, Statement } from 'better-sqlite3';

/** What a proposal may teach, and what it taught. The parts in `unknown` are JSON of who uses them. */
export type StoredLesson = {
  readonly proposalId: string;
  /** What the file is about. */
  readonly target: unknown;
  /** The text that the blueprint made; null where the proposal still has it. */
  readonly made: string | null;
  /** What was learned from it, null for nothing. */
  readonly taught: unknown;
};

type Row = {
  readonly proposal_id: string;
  readonly target: string;
  readonly made: string | null;
  readonly taught: string | null;
};

/** Beside the proposals: what is needed to learn from a decision on them. */
export class LessonStore {
  readonly #add: Statement<[string, string, string | null]>;
  readonly #get: Statement<[string], Row>;
  readonly #keepMade: Statement<[string, string]>;
  readonly #setTaught: Statement<[string | null, string]>;

  constructor(db: Database) {
    this.#add = db.prepare('INSERT INTO lessons (proposal_id, target, made) VALUES (?, ?, ?)');
    this.#get = db.prepare('SELECT * FROM lessons WHERE proposal_id = ?');
    this.#keepMade = db.prepare(
      'UPDATE lessons SET made = ? WHERE proposal_id = ? AND made IS NULL',
    );
    this.#setTaught = db.prepare('UPDATE lessons SET taught = ? WHERE proposal_id = ?');
  }

  /** Notes what a new proposal is about; `made` where its text is not the blueprint's alone. */
  add(proposalId: string, target: unknown, made: string | null): void {
    this.#add.run(proposalId, JSON.stringify(target), made);
  }

  get(proposalId: string): StoredLesson | null {
    const row = this.#get.get(proposalId);
    if (!row) return null;
    return {
      proposalId: row.proposal_id,
      target: JSON.parse(row.target),
      made: row.made,
      taught: row.taught === null ? null : JSON.parse(row.taught),
    };
  }

  /** Keeps the blueprint's text before the first edit replaces it. */
  keepMade(proposalId: string, content: string): void {
    this.#keepMade.run(content, proposalId);
  }

  /** Notes what was learned; null for nothing. */
  setTaught(proposalId: string, taught: unknown): void {
    this.#setTaught.run(taught === null ? null : JSON.stringify(taught), proposalId);
  }
}
