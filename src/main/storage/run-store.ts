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
  readonly paused: string | null;
  readonly failures: string;
  readonly owner: string;
};

/** The runs. `owner` is the instance that works on one; see `InstanceLock`. */
export class RunStore {
  readonly #upsert: Statement<[Row]>;
  readonly #takeOver: Statement<[string, string, string]>;
  readonly #get: Statement<[string], Row>;
  readonly #list: Statement<[number], Row>;
  readonly #unfinished: Statement<[], Row>;
  readonly #prune: Statement<[number]>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT INTO runs (id, state, request, created_at, ended_at, paused, failures, owner)
      VALUES (@id, @state, @request, @created_at, @ended_at, @paused, @failures, @owner)
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, request = excluded.request, ended_at = excluded.ended_at,
        paused = excluded.paused, failures = excluded.failures
      WHERE owner = excluded.owner
    `);
    this.#takeOver = db.prepare(
      'UPDATE runs SET owner = ? WHERE id = ? AND owner = ? AND ended_at IS NULL',
    );
    this.#get = db.prepare('SELECT * FROM runs WHERE id = ?');
    this.#list = db.prepare('SELECT * FROM runs ORDER BY created_at DESC, rowid DESC LIMIT ?');
    this.#unfinished = db.prepare("SELECT * FROM runs WHERE state IN ('scanning', 'running')");
    this.#prune = db.prepare(`
      DELETE FROM runs WHERE state NOT IN ('scanning', 'running', 'paused') AND id NOT IN
        (SELECT id FROM runs ORDER BY created_at DESC, rowid DESC LIMIT ?)
    `);
  }

  /**
   * Inserts the run, or updates what changes of it: its state, end, pause, failures and request. A
   * run that another instance has taken over stays as that one has it.
   */
  save(run: RunSummary, owner: string): void {
    this.#upsert.run({
      id: run.id,
      state: run.state,
      request: JSON.stringify(run.request),
      created_at: run.createdAt,
      ended_at: run.endedAt,
      paused: run.paused,
      failures: JSON.stringify(run.failures),
      owner,
    });
  }

  /** Makes a run that has not ended another owner's; false where it is not `previous`'s any more. */
  takeOver(id: string, owner: string, previous: string): boolean {
    return this.#takeOver.run(owner, id, previous).changes === 1;
  }

  /** The instance that works on a run, or worked on it last; null for an unknown run. */
  ownerOf(id: string): string | null {
    return this.#get.get(id)?.owner ?? null;
  }

  get(id: string): RunSummary | null {
    const row = this.#get.get(id);
    return row ? toRun(row) : null;
  }

  /** The newest runs, newest first. */
  list(limit: number): readonly RunSummary[] {
    return this.#list.all(limit).map(toRun);
  }

  /** Runs that are scanned or worked through, with the instance that works on each. */
  unfinished(): readonly { readonly run: RunSummary; readonly owner: string }[] {
    return this.#unfinished.all().map((row) => ({ run: toRun(row), owner: row.owner }));
  }

  /** Deletes all but the newest `keep` runs, with their jobs and proposals; none that works or is paused. */
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
    paused: row.paused,
    failures: JSON.parse(row.failures) as Run['failures'],
  };
}
