import { Code } from '@mantine/core';
import type { ErrorData } from '#shared/error.ts';
import type { Run } from '#shared/run.ts';
import { artifactNames } from '../../model/artifact-names.ts';
import { errorTitle } from '../../model/error-advice.ts';
import { baseName, plural } from '../../model/format.ts';
import classes from './run.module.css';

/** Failed jobs that are named with their whole message; the table has all, each cut to its row. */
const maxJobs = 20;

/** Projects that gave nothing and jobs that failed, each with its whole reason. */
export function RunFailures({ run }: { readonly run: Run }) {
  const jobs = run.jobs.filter((job) => job.state === 'failed');
  return (
    <>
      {run.failures.length > 0 && (
        <section className={classes.failures} aria-label="Projects that failed">
          <h3>{plural(run.failures.length, 'project')} gave nothing to make</h3>
          <ul>
            {run.failures.map(({ root, error }) => (
              <Failure key={root} name={root} error={error} />
            ))}
          </ul>
        </section>
      )}
      {jobs.length > 0 && (
        <section className={classes.failures} aria-label="Jobs that failed">
          <h3>{plural(jobs.length, 'job')} failed</h3>
          <ul>
            {jobs.slice(0, maxJobs).map((job) => (
              <Failure
                key={job.id}
                name={`${artifactNames[job.kind]} of ${job.service ?? baseName(job.root)}`}
                error={job.error}
              />
            ))}
          </ul>
          {jobs.length > maxJobs && (
            <p className={classes.dim}>
              {plural(jobs.length - maxJobs, 'more failed job')} in the table
            </p>
          )}
        </section>
      )}
    </>
  );
}

function Failure(props: { readonly name: string; readonly error: ErrorData | null }) {
  const { name, error } = props;
  return (
    <li>
      <span className="mono">{name}</span>
      {error && (
        <span>
          {errorTitle(error.code)} <Code fz={11}>{error.code}</Code> {error.message}
        </span>
      )}
    </li>
  );
}
