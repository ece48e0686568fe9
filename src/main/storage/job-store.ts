import type { Database, Statement } from 'better-sqlite3';
import type { Job } from '#shared/run.ts';
import { type JobRow, toJob, toJobRow } from './job-row.ts';

/** The jobs of the runs, in the order in which they were planned. */
export class JobStore {
  readonly #upsert: Statement<[JobRow]>;
  readonly #claim: Statement<[number, string, string, string], JobRow>;
  readonly #end: Statement<[JobRow & { readonly owner: string }]>;
  readonly #cancel: Statement<[number, string], JobRow>;
  readonly #list: Statement<[string], JobRow>;
  readonly #unfinished: Statement<[string], JobRow>;
  readonly #pending: Statement<[string], JobRow>;
  readonly #begun: Statement<[string], JobRow & { readonly attempts: number }>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT INTO jobs (id, run_id, root, service, kind, state, started_at, ended_at, chunk, error, files, errors, warnings, usage, work_ms)
      VALUES (@id, @run_id, @root, @service, @kind, @state, @started_at, @ended_at, @chunk, @error, @files, @errors, @warnings, @usage, @work_ms)
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
        chunk = excluded.chunk, error = excluded.error, files = excluded.files, errors = excluded.errors,
        warnings = excluded.warnings, usage = excluded.usage,
        work_ms = excluded.work_ms
    `);
    this.#claim = db.prepare(`
      UPDATE jobs SET state = 'running', started_at = ?, owner = ?, chunk = ?, attempts = attempts + 1
      WHERE id = ? AND state = 'pending' RETURNING *
    `);
    this.#end = db.prepare(`
      UPDATE jobs SET state = @state, started_at = @started_at, ended_at = @ended_at, error = @error,
        files = @files, errors = @errors, warnings = @warnings, usage = @usage, work_ms = @work_ms,
        attempts = attempts - (@state = 'pending')
      WHERE id = @id AND state = 'running' AND owner = @owner
    `);
    this.#cancel = db.prepare(`
      UPDATE jobs SET state = 'cancelled', ended_at = ?
      WHERE run_id = ? AND state = 'pending' RETURNING *
    `);
    const ofRun = (states: string) =>
      `SELECT * FROM jobs WHERE run_id = ? AND state IN (${states}) ORDER BY seq`;
    this.#list = db.prepare('SELECT * FROM jobs WHERE run_id = ? ORDER BY seq');
    this.#unfinished = db.prepare(ofRun("'pending', 'running'"));
    this.#pending = db.prepare(ofRun("'pending'"));
    this.#begun = db.prepare(ofRun("'running'"));
  }

  /** Inserts the job, or updates what changes of it. */
  save(job: Job): void {
    this.#upsert.run(toJobRow(job));
  }

  /** Begins a job that waits, in the owner's name and with its chunk; null where it does not wait any more. */
  claim(id: string, owner: string, chunk: string, now: number): Job | null {
    const row = this.#claim.get(now, owner, chunk, id);
    return row ? toJob(row) : null;
  }

  /** Keeps how a job ended, or that it waits again; false where it is not the owner's any more. */
  end(job: Job, owner: string): boolean {
    return this.#end.run({ ...toJobRow(job), owner }).changes === 1;
  }

  /** Cancels the jobs of a run that wait, and gives them. */
  cancelPending(runId: string, now: number): readonly Job[] {
    return this.#cancel.all(now, runId).map(toJob);
  }

  /** The jobs of a run. */
  list(runId: string): Job[] {
    return this.#list.all(runId).map(toJob);
  }

  /** The jobs of a run that have not ended. */
  unfinished(runId: string): Job[] {
    return this.#unfinished.all(runId).map(toJob);
  }

  /** The jobs of a run that wait. */
  pending(runId: string): Job[] {
    return this.#pending.all(runId).map(toJob);
  }

  /** The jobs of a run that were begun and have not ended, with how often each was begun. */
  begun(runId: string): readonly { readonly job: Job; readonly attempts: number }[] {
    return this.#begun.all(runId).map((row) => ({ job: toJob(row), attempts: row.attempts }));
  }
}
