import { Loader, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useCurrentRun } from '../../hooks/use-runs.ts';
import { makerNames } from '../../model/provider-names.ts';
import type { Stream } from '../../model/stream-store.ts';
import classes from './review.module.css';

const StreamEditor = lazy(() => import('./editor/stream-editor.tsx'));

/** A file that a model writes now, to look on; the comparison takes its place once it is judged. */
export function StreamView({ stream }: { readonly stream: Stream }) {
  const run = useCurrentRun().run.data;
  const job = run?.jobs.find(({ id }) => id === stream.jobId);
  const maker = run ? makerNames[run.request.use] : 'a model';
  const model = run?.request.model ?? '';
  return (
    <section className={classes.view} aria-label={stream.path}>
      <div className={classes.viewHead}>
        <div className={classes.viewTitle}>
          <h2 className="clip">{stream.path}</h2>
          <p className={`clip ${classes.provenance}`} role="status">
            {job?.state === 'completed'
              ? 'Written; its comparison is on the way'
              : `Being written by ${maker} ${model}`}
            {job?.service ? ` for ${job.service}` : ''}
          </p>
        </div>
        <Loader size={14} aria-hidden />
      </div>
      <div className={classes.editor}>
        <Suspense fallback={<Skeleton m={16} height={240} />}>
          <StreamEditor key={stream.key} stream={stream} />
        </Suspense>
      </div>
    </section>
  );
}
