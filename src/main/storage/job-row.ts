import type { Job } from '#shared/run.ts';

/** A job as its row holds it; objects are JSON. */
export type JobRow = {
  readonly id: string;
  readonly run_id: string;
  readonly root: string;
  readonly service: string | null;
  readonly kind: Job['kind'];
  readonly state: Job['state'];
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly chunk: string | null;
  readonly error: string | null;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly usage: string | null;
  readonly work_ms: number | null;
};

/** The row of a job. */
export function toJobRow(job: Job): JobRow {
  return {
    id: job.id,
    run_id: job.runId,
    root: job.root,
    service: job.service,
    kind: job.kind,
    state: job.state,
    started_at: job.startedAt,
    ended_at: job.endedAt,
    chunk: job.chunk,
    error: job.error ? JSON.stringify(job.error) : null,
    files: job.files,
    errors: job.errors,
    warnings: job.warnings,
    usage: job.usage ? JSON.stringify(job.usage) : null,
    work_ms: job.workMs,
  };
}

/** The job of a row. */
export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    runId: row.run_id,
    root: row.root,
    service: row.service,
    kind: row.kind,
    state: row.state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    chunk: row.chunk,
    error: row.error === null ? null : (JSON.parse(row.error) as Job['error']),
    files: row.files,
    errors: row.errors,
    warnings: row.warnings,
    usage: row.usage === null ? null : (JSON.parse(row.usage) as Job['usage']),
    workMs: row.work_ms,
  };
}
