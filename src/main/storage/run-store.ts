import type { Database, Statement } from 'better-sqlite3';
import type { Run } from '#shared/run.ts';
import { runRequestSchema } from '#shared/run.ts';

/** A run without its jobs, as its row and its events hold it. */
export type RunSummary = Omit<Run, 'jobs'>;

type Row = {
  readonly id: string;
  readonly state: Run['state'];
  readonly request: string;
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly failures: string;
  readonly owner: string;
};

/** The runs. `owner` is the instance that works on one; see `InstanceLock`. */
export class RunStore {
  readonly #upsert: Statement<[string, string, string, number, number | null, string, string]>;
  readonly #get: Statement<[string], Row>;
  readonly #list: Statement<[number], Row>;
  readonly #unfinished: Statement<[], Row>;
  readonly #prune: Statement<[number]>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT INTO runs (id, state, request, created_at, ended_at, failures, owner)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, ended_at = excluded.ended_at, failures = excluded.failures
    `);
    this.#get = db.prepare('SELECT * FROM runs WHERE id = ?');
    this.#list = db.prepare('SELECT * FROM runs ORDER BY created_at DESC, rowid DESC LIMIT ?');
    this.#unfinished = db.prepare("SELECT * FROM runs WHERE state IN ('scanning', 'running')");
    this.#prune = db.prepare(`
      DELETE FROM runs WHERE state NOT IN ('scanning', 'running') AND id NOT IN
        (SELECT id FROM runs ORDER BY created_at DESC, rowid DESC LIMIT ?)
    `);
  }

  /** Inserts the run, or updates what changes of it: its state, end and failures. */
  save(run: RunSummary, owner: string): void {
    const request = JSON.stringify(run.request);
    const failures = JSON.stringify(run.failures);
    this.#upsert.run(run.id, run.state, request, run.createdAt, run.endedAt, failures, owner);
  }

  get(id: string): RunSummary | null {
    const row = this.#get.get(id);
    return row ? toRun(row) : null;
  }

  /** The newest runs, newest first. */
  list(limit: number): readonly RunSummary[] {
    return this.#list.all(limit).map(toRun);
  }

  /** Runs that have not ended, with the instance that works on each. */
  unfinished(): readonly { readonly run: RunSummary; readonly owner: string }[] {
    return this.#unfinished.all().map((row) => ({ run: toRun(row), owner: row.owner }));
  }

  /** Deletes all but the newest `keep` runs, with their jobs and proposals; none that still works. */
  prune(keep: number): void {
    this.#prune.run(keep);
  }
}

function toRun(row: Row): RunSummary {
  return {
    id: row.id,
    state: row.state,
    request: runRequestSchema.parse(JSON.parse(row.request)),
    createdAt: row.created_at,
    endedAt: row.ended_at,
    failures: JSON.parse(row.failures) as Run['failures'],
  };
}
