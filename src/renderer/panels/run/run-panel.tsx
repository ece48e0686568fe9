import { IconPlayerPlay } from '@tabler/icons-react';
import { Blank } from '../../components/blank.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCurrentRun } from '../../hooks/use-runs.ts';
import { PanelSkeleton } from '../../shell/panel-skeleton.tsx';
import { JobTable } from './job-table.tsx';
import classes from './run.module.css';
import { RunFailures } from './run-failures.tsx';
import { RunSummary } from './run-summary.tsx';

/** The chosen run as it goes: how far it is, what failed, every job. */
export function RunPanel() {
  const { run, none, listError } = useCurrentRun();
  const error = run.error ?? listError;
  if (none) {
    return (
      <Blank
        icon={<IconPlayerPlay />}
        title="No run yet"
        text="Press Generate in the sidebar. Tick several projects to run over all of them at once."
      />
    );
  }
  if (error) {
    return (
      <div className={classes.panel}>
        <ErrorNotice error={error} onRetry={() => void run.refetch()} />
      </div>
    );
  }
  if (!run.data) return <PanelSkeleton label="Loading the run" />;
  return (
    <div className={classes.panel}>
      <RunSummary run={run.data} />
      <RunFailures run={run.data} />
      <JobTable run={run.data} />
    </div>
  );
}
