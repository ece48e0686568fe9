import type { Database, Statement } from 'better-sqlite3';

/** What a proposal may teach, and what it taught. The parts in `unknown` are JSON of who uses them. */
export type StoredLesson = {
  readonly proposalId: string;
  /** What the file is about. */
  readonly target: unknown;
  /** The words of its project, as they were when it was made. */
  readonly words: readonly string[];
  /** The text that the blueprint made; null where the proposal still has it. */
  readonly made: string | null;
  /** What was learned from it, null for nothing. */
  readonly taught: unknown;
};

type Row = {
  readonly proposal_id: string;
  readonly target: string;
  readonly words: string | null;
  readonly made: string | null;
  readonly taught: string | null;
};

/** A file that was accepted, and what was learned from that. */
export type AcceptedLessons = {
  readonly proposal: string;
  readonly root: string;
  readonly service: string | null;
  readonly path: string;
  readonly taught: unknown;
};

/** Accepted files that are looked back at; of more, the latest. */
const lookedBackAt = 20_000;

/** Beside the proposals: what is needed to learn from a decision on them. */
export class LessonStore {
  readonly #add: Statement<[string, string, string | null]>;
  readonly #addProject: Statement<[string, string, string]>;
  readonly #get: Statement<[string], Row>;
  readonly #keepMade: Statement<[string, string]>;
  readonly #forgetMade: Statement<[string]>;
  readonly #setTaught: Statement<[string | null, string]>;
  readonly #accepted: Statement<[number], Omit<AcceptedLessons, 'taught'> & { taught: string }>;

  constructor(db: Database) {
    this.#add = db.prepare('INSERT INTO lessons (proposal_id, target, made) VALUES (?, ?, ?)');
    this.#addProject = db.prepare(
      'INSERT OR IGNORE INTO lesson_projects (run_id, root, words) VALUES (?, ?, ?)',
    );
    this.#get = db.prepare(`
      SELECT lessons.*, lesson_projects.words FROM lessons
      JOIN proposals ON proposals.id = lessons.proposal_id
      LEFT JOIN lesson_projects
        ON lesson_projects.run_id = proposals.run_id AND lesson_projects.root = proposals.root
      WHERE proposal_id = ?`);
    this.#keepMade = db.prepare(
      'UPDATE lessons SET made = ? WHERE proposal_id = ? AND made IS NULL',
    );
    this.#forgetMade = db.prepare('UPDATE lessons SET made = NULL WHERE proposal_id = ?');
    this.#setTaught = db.prepare('UPDATE lessons SET taught = ? WHERE proposal_id = ?');
    this.#accepted = db.prepare(`
      SELECT proposals.id AS proposal, root, service, path, taught FROM lessons
      JOIN proposals ON proposals.id = lessons.proposal_id
      WHERE taught IS NOT NULL AND state IN ('accepted', 'applied')
      ORDER BY proposals.rowid DESC LIMIT ?`);
  }

  /** Notes what a new proposal is about; `made` where its text is not the blueprint's alone. */
  add(proposalId: string, target: unknown, made: string | null): void {
    this.#add.run(proposalId, JSON.stringify(target), made);
  }

  /** Keeps the words of a project once for all proposals of a run. */
  addProject(runId: string, root: string, words: readonly string[]): void {
    this.#addProject.run(runId, root, JSON.stringify(words));
  }

  get(proposalId: string): StoredLesson | null {
    const row = this.#get.get(proposalId);
    if (!row) return null;
    return {
      proposalId: row.proposal_id,
      target: JSON.parse(row.target),
      words: row.words === null ? [] : (JSON.parse(row.words) as readonly string[]),
      made: row.made,
      taught: row.taught === null ? null : JSON.parse(row.taught),
    };
  }

  /** Keeps the blueprint's text before the first edit replaces it. */
  keepMade(proposalId: string, content: string): void {
    this.#keepMade.run(content, proposalId);
  }

  /** Forgets the text before the first edit: the proposal has another one now, which nobody edited. */
  forgetMade(proposalId: string): void {
    this.#forgetMade.run(proposalId);
  }

  /** What was learned from the files that are accepted now, the latest first. */
  accepted(): readonly AcceptedLessons[] {
    return this.#accepted
      .all(lookedBackAt)
      .map((row) => ({ ...row, taught: JSON.parse(row.taught) as unknown }));
  }

  /** Notes what was learned; null for nothing. */
  setTaught(proposalId: string, taught: unknown): void {
    this.#setTaught.run(taught === null ? null : JSON.stringify(taught), proposalId);
  }
}
