import { Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Job, Run } from '#shared/run.ts';
import { useConfig } from '../../hooks/use-config.ts';
import { useRowWindow } from '../../hooks/use-row-window.ts';
import { sortJobs } from '../../model/run-progress.ts';
import { PreviewDialog } from '../preview/preview-dialog.tsx';
import { columnsOf } from './job-columns.ts';
import { JobRow } from './job-row.tsx';
import classes from './run.module.css';

/** Height of a row in pixels; the style sheet holds rows to it. */
const rowHeight = 32;

/** Every job of a run, those that want attention first. Draws only what is seen. */
export function JobTable({ run }: { readonly run: Run }) {
  const jobs = useMemo(() => sortJobs(run.jobs), [run.jobs]);
  const rows = useRowWindow(jobs.length, rowHeight);
  const several = run.request.roots.length > 1;
  const asksModels = run.request.use !== 'blueprint';
  const preview = usePreview(run);
  const columns = columnsOf(several, asksModels);
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
            {columns.map(({ name, width, right }) => (
              <th
                key={name}
                scope="col"
                className={right ? classes.right : undefined}
                style={width === null ? {} : { width }}
              >
                {name}
              </th>
            ))}
            {preview.show && <th scope="col" aria-label="Actions" style={{ width: 30 }} />}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden style={{ height: rows.above }} />
          {jobs.slice(rows.first, rows.end).map((job) => (
            <JobRow
              key={job.id}
              job={job}
              several={several}
              asksModels={asksModels}
              onPreview={preview.show}
            />
          ))}
          <tr aria-hidden style={{ height: rows.below }} />
        </tbody>
      </table>
      {preview.dialog}
    </section>
  );
}

/** The dialog of what is sent for a job: by the run's provider, or else by the one that is set. */
function usePreview(run: Run) {
  const [job, setJob] = useState<Job | null>(null);
  const set = useConfig()?.providers.use ?? 'blueprint';
  const use = run.request.use === 'blueprint' ? set : run.request.use;
  if (use === 'blueprint') return { show: undefined, dialog: null };
  const { kinds, services, batchSize, target, usage } = run.request;
  const model = use === run.request.use ? run.request.model : null;
  const dialog = job && (
    <PreviewDialog
      opened
      onClose={() => setJob(null)}
      target={{
        root: job.root,
        kind: job.kind,
        service: job.service,
        use,
        model,
        run: {
          ...{ kinds, batchSize, target },
          ...(services ? { services } : {}),
          ...(usage ? { usage } : {}),
        },
      }}
    />
  );
  return { show: setJob, dialog };
}
