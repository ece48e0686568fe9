import type { Database, Statement } from 'better-sqlite3';

/** A change of a project's files that was begun and not ended; see `generation/review`. */
export type JournalEntry = {
  readonly checkpointId: string;
  readonly root: string;
  readonly kind: 'apply' | 'undo';
  /** The instance that began it. */
  readonly owner: string;
  readonly startedAt: number;
};

type Row = {
  readonly checkpoint_id: string;
  readonly root: string;
  readonly kind: JournalEntry['kind'];
  readonly owner: string;
  readonly started_at: number;
};

/** The write journal. A project has one entry at most, so two writes to it cannot interleave. */
export class JournalStore {
  readonly #insert: Statement<[string, string, string, string, number]>;
  readonly #delete: Statement<[string]>;
  readonly #claim: Statement<[string, string, string]>;
  readonly #list: Statement<[], Row>;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO journal (checkpoint_id, root, kind, owner, started_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#delete = db.prepare('DELETE FROM journal WHERE checkpoint_id = ?');
    this.#claim = db.prepare('UPDATE journal SET owner = ? WHERE checkpoint_id = ? AND owner = ?');
    this.#list = db.prepare('SELECT * FROM journal ORDER BY started_at');
  }

  /** Begins; throws `SQLITE_CONSTRAINT_UNIQUE` where the project has an entry already. */
  begin(entry: JournalEntry): void {
    this.#insert.run(entry.checkpointId, entry.root, entry.kind, entry.owner, entry.startedAt);
  }

  end(checkpointId: string): void {
    this.#delete.run(checkpointId);
  }

  /** Passes an entry from one instance to another; false where the first has it no longer. */
  claim(checkpointId: string, from: string, to: string): boolean {
    return this.#claim.run(to, checkpointId, from).changes > 0;
  }

  /** What has not ended, oldest first. */
  list(): readonly JournalEntry[] {
    return this.#list.all().map((row) => ({
      checkpointId: row.checkpoint_id,
      root: row.root,
      kind: row.kind,
      owner: row.owner,
      startedAt: row.started_at,
    }));
  }
}
