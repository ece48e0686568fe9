import type { Database, Statement } from 'better-sqlite3';
import type { Job } from '#shared/run.ts';

type Row = {
  readonly id: string;
  readonly run_id: string;
  readonly root: string;
  readonly service: string | null;
  readonly kind: Job['kind'];
  readonly state: Job['state'];
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly error: string | null;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
};

/** The jobs of the runs, in the order in which they were planned. */
export class JobStore {
  readonly #upsert: Statement<[Row]>;
  readonly #list: Statement<[string], Row>;
  readonly #pending: Statement<[string], Row>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT INTO jobs (id, run_id, root, service, kind, state, started_at, ended_at, error, files, errors, warnings)
      VALUES (@id, @run_id, @root, @service, @kind, @state, @started_at, @ended_at, @error, @files, @errors, @warnings)
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
        error = excluded.error, files = excluded.files, errors = excluded.errors, warnings = excluded.warnings
    `);
    this.#list = db.prepare('SELECT * FROM jobs WHERE run_id = ? ORDER BY seq');
    this.#pending = db.prepare(
      "SELECT * FROM jobs WHERE run_id = ? AND state IN ('pending', 'running') ORDER BY seq",
    );
  }

  /** Inserts the job, or updates what changes of it. */
  save(job: Job): void {
    this.#upsert.run(toRow(job));
  }

  /** The jobs of a run. */
  list(runId: string): Job[] {
    return this.#list.all(runId).map(toJob);
  }

  /** The jobs of a run that have not ended. */
  unfinished(runId: string): Job[] {
    return this.#pending.all(runId).map(toJob);
  }
}

function toRow(job: Job): Row {
  return {
    id: job.id,
    run_id: job.runId,
    root: job.root,
    service: job.service,
    kind: job.kind,
    state: job.state,
    started_at: job.startedAt,
    ended_at: job.endedAt,
    error: job.error ? JSON.stringify(job.error) : null,
    files: job.files,
    errors: job.errors,
    warnings: job.warnings,
  };
}

function toJob(row: Row): Job {
  return {
    id: row.id,
    runId: row.run_id,
    root: row.root,
    service: row.service,
    kind: row.kind,
    state: row.state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: row.error === null ? null : (JSON.parse(row.error) as Job['error']),
    files: row.files,
    errors: row.errors,
    warnings: row.warnings,
  };
}
