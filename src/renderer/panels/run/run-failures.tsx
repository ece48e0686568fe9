import { Code } from '@mantine/core';
import type { ErrorData } from '#shared/error.ts';
import { failureReasons } from '#shared/failure-reasons.ts';
import type { Job, Run } from '#shared/run.ts';
import { artifactNames } from '../../model/artifact-names.ts';
import { baseName, plural } from '../../model/format.ts';
import classes from './run.module.css';

/** Reasons that are told whole; the table has every failed job, each cut to its row. */
const maxReasons = 20;

/** Projects that gave nothing, and jobs that failed by their whole reasons. */
export function RunFailures({ run }: { readonly run: Run }) {
  const jobs = run.jobs.filter((job) => job.state === 'failed');
  const reasons = failureReasons(jobs);
  return (
    <>
      {run.failures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
        <section className={classes.failures} aria-label="Projects that failed" tabIndex={0}>
          <h3>{plural(run.failures.length, 'project')} gave nothing to make</h3>
          <ul>
            {run.failures.map(({ root, error }) => (
              <Failure key={root} name={root} error={error} />
            ))}
          </ul>
        </section>
      )}
      {jobs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
        <section className={classes.failures} aria-label="Jobs that failed" tabIndex={0}>
          <h3>{plural(jobs.length, 'job')} failed</h3>
          <ul>
            {reasons.slice(0, maxReasons).map(({ key, error, jobs: alike }) => (
              <Failure key={key} name={namesOf(alike)} error={error} />
            ))}
          </ul>
          {reasons.length > maxReasons && (
            <p className={classes.dim}>
              {plural(reasons.length - maxReasons, 'more reason')} in the table
            </p>
          )}
        </section>
      )}
    </>
  );
}

function namesOf(jobs: readonly Job[]): string {
  return [...Map.groupBy(jobs, ({ kind }) => kind)]
    .map(([kind, alike]) => {
      const whose = alike.map(({ service, root }) => service ?? baseName(root));
      return `${artifactNames[kind]} of ${whose.join(', ')}`;
    })
    .join('; ');
}

function Failure(props: { readonly name: string; readonly error: ErrorData | null }) {
  const { name, error } = props;
  return (
    <li>
      <span className="mono">{name}</span>
      {error && (
        <span>
          {error.message} <Code fz={11}>{error.code}</Code>
        </span>
      )}
    </li>
  );
}
