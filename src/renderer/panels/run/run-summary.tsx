import { Button, Progress, Title } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useMemo } from 'react';
import { artifactKinds } from '#shared/artifact.ts';
import type { Run } from '#shared/run.ts';
import { StateDot } from '../../components/state-dot.tsx';
import { useNow } from '../../hooks/use-now.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { artifactNames } from '../../model/artifact-names.ts';
import { baseName, formatDuration, formatTime, plural } from '../../model/format.ts';
import { makerNames } from '../../model/provider-names.ts';
import { isActive, mostShared, progressOf } from '../../model/run-progress.ts';
import classes from './run.module.css';
import { PauseButton, PausedNotice } from './run-controls.tsx';
import { RunFigures } from './run-figures.tsx';
import { RunSavingsLine } from './run-savings-line.tsx';
import { UsageFigures } from './usage-figures.tsx';

/** What the run is, how far it is and what came of it. */
export function RunSummary({ run }: { readonly run: Run }) {
  const { dispatch } = useWorkbench();
  const active = isActive(run);
  const progress = useMemo(() => progressOf(run), [run]);
  const { roots, kinds, concurrency, async, use, model } = run.request;
  const shared = useMemo(() => mostShared(run.jobs), [run.jobs]);
  const percent = progress.share === null ? null : Math.round(progress.share * 100);
  const name = roots.length === 1 ? baseName(roots[0] ?? '') : plural(roots.length, 'project');
  return (
    <header className={classes.summary} data-run={run.id} data-state={run.state}>
      <div className={classes.titleRow}>
        <Title order={2} fz={20} className="clip">
          {name}
        </Title>
        <StateDot state={run.state} text />
        <span className={classes.spacer} />
        <PauseButton run={run} />
        {progress.files > 0 && (
          <Button
            variant={active ? 'default' : 'filled'}
            leftSection={<IconGitCompare size={14} aria-hidden />}
            onClick={() => dispatch({ type: 'tab', tab: 'review' })}
          >
            Review {plural(progress.files, 'file')}
          </Button>
        )}
      </div>
      <p className={classes.dim}>
        {kinds.length === artifactKinds.length
          ? `All ${kinds.length} kinds`
          : kinds.map((kind) => artifactNames[kind]).join(', ')}{' '}
        · {makerNames[use]}
        {model === null ? '' : ` ${model}`} ·{' '}
        {async ? `up to ${plural(concurrency, 'job')} at once` : 'one job after the other'} ·{' '}
        {shared > 1 && `up to ${shared} jobs a request · `}
        {formatTime(run.createdAt)}
      </p>
      <Progress.Root size={8} radius="xl" mt={12}>
        <Progress.Section
          value={percent ?? 100}
          animated={active}
          striped={percent === null}
          color={run.state === 'failed' ? 'red' : run.state === 'cancelled' ? 'gray' : 'iris'}
          aria-label="Progress of the run"
          {...(percent === null ? { 'aria-valuetext': 'Scanning the projects' } : {})}
        />
      </Progress.Root>
      <div className={classes.progressText}>
        <span role="status">
          {percent === null
            ? 'Scanning the projects…'
            : `${progress.done.toLocaleString('en')} of ${plural(progress.total, 'job')}`}
        </span>
        {/* How long a run stood still is nobody's figure. */}
        {run.state !== 'paused' && <RunTime run={run} />}
      </div>
      <PausedNotice run={run} />
      <RunFigures progress={progress} />
      <UsageFigures run={run} />
      <RunSavingsLine run={run} />
    </header>
  );
}

/** How long a run has taken; a clock of its own, so that nothing but it is drawn again. */
function RunTime({ run }: { readonly run: Run }) {
  const now = useNow(isActive(run));
  return <span>{formatDuration((run.endedAt ?? now) - run.createdAt)}</span>;
}
