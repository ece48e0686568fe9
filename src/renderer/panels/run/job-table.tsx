import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Run } from '#shared/run.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useRowWindow } from '../../hooks/use-row-window.ts';
import { isActive, sortJobs } from '../../model/run-progress.ts';
import { JobRow } from './job-row.tsx';
import classes from './run.module.css';

/** Height of a row in pixels; the style sheet holds rows to it. */
const rowHeight = 32;

/** Every job of a run, those that want attention first. Draws only what is seen. */
export function JobTable({ run }: { readonly run: Run }) {
  const jobs = useMemo(() => sortJobs(run.jobs), [run.jobs]);
  const rows = useRowWindow(jobs.length, rowHeight);
  const now = useNow(isActive(run), 500);
  const several = run.request.roots.length > 1;
  if (jobs.length === 0) {
    return (
      <Text size="sm" c="dimmed" py={12}>
        {run.state === 'scanning'
          ? 'Jobs appear once the projects are scanned.'
          : 'This run had nothing to make: no deployable service was found.'}
      </Text>
    );
  }
  return (
    <section
      ref={rows.ref}
      onScroll={rows.onScroll}
      className={classes.tableBox}
      aria-label="Jobs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
      tabIndex={0}
    >
      <table className={classes.table} aria-rowcount={jobs.length + 1} aria-label="Jobs">
        <thead>
          <tr>
            <th scope="col">State</th>
            {several && <th scope="col">Project</th>}
            <th scope="col">Service</th>
            <th scope="col">Artifact</th>
            <th scope="col">Findings</th>
            <th scope="col" className={classes.right}>
              Files
            </th>
            <th scope="col" className={classes.right}>
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden style={{ height: rows.above }} />
          {jobs.slice(rows.first, rows.end).map((job) => (
            <JobRow key={job.id} job={job} now={now} several={several} />
          ))}
          <tr aria-hidden style={{ height: rows.below }} />
        </tbody>
      </table>
    </section>
  );
}
