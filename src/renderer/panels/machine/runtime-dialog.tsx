import { Alert, Button, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ResourceUse, RuntimeHealth } from '#shared/runtime.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useHealth, useTryHealth } from '../../hooks/use-health.ts';
import { levelTitles, stateText, subsystemTitles } from '../../model/runtime-names.ts';
import { HealthBadge } from './health-badge.tsx';
import classes from './machine.module.css';

/** How each part of the runtime is, when it was tried, and what the app takes of the machine. */
export function RuntimeDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Runtime" width={560} {...props}>
      <Runtime />
    </Dialog>
  );
}

function Runtime() {
  const { data, error, refetch } = useHealth(true);
  const trial = useTryHealth();
  const failed = trial.error ?? error;
  return (
    <div className={classes.body}>
      {failed && <ErrorNotice error={failed} onRetry={() => void refetch()} />}
      {!data && !failed && <Skeleton height={160} radius="md" />}
      {data && (
        <>
          <p className={classes.result}>{stateText[data.state]}</p>
          <section aria-label="Parts of the runtime">
            <h3 className={classes.title}>
              Parts
              <Button
                variant="subtle"
                size="compact-xs"
                loading={trial.isPending}
                leftSection={<IconRefresh size={13} aria-hidden />}
                onClick={() => trial.mutate()}
              >
                Try all
              </Button>
            </h3>
            <Parts health={data} />
          </section>
          <Lacking health={data} />
          <Resources use={data.resources} />
        </>
      )}
    </div>
  );
}

function Parts({ health }: { readonly health: RuntimeHealth }) {
  const without = (name: string) =>
    health.degradations.find(({ subsystem }) => subsystem === name)?.reason ?? null;
  return (
    <ul className={classes.probes}>
      {health.subsystems.map(({ name, status, reason, lastCheck }) => {
        const why = reason ?? without(name);
        return (
          <li key={name} className={classes.probe}>
            <div className={classes.probeHead}>
              {subsystemTitles[name] ?? name}
              <HealthBadge status={status} />
              {lastCheck && <span className={`num ${classes.ms}`}>{lastCheck.ms} ms</span>}
            </div>
            {why !== null && <p className={classes.why}>{why}</p>}
          </li>
        );
      })}
    </ul>
  );
}

/** What is done without for want of a resource; what parts do without is said beside them. */
function Lacking({ health }: { readonly health: RuntimeHealth }) {
  const names = health.subsystems.map(({ name }) => name);
  const others = health.degradations.filter(({ subsystem }) => !names.includes(subsystem));
  return others.map(({ level, reason }) => (
    <Alert key={level} color="yellow" title={levelTitles[level]}>
      {reason}
    </Alert>
  ));
}

function Resources({ use }: { readonly use: ResourceUse }) {
  const { rssMb, heapShare, freeDiskMb, waitingCalls } = use;
  return (
    <section aria-label="What the app takes">
      <h3 className={classes.title}>What the app takes</h3>
      <dl className={`num ${classes.counters}`}>
        <dt>Memory</dt>
        <dd>{rssMb} MB</dd>
        <dt>Script heap</dt>
        <dd>{Math.round(heapShare * 100)} %</dd>
        <dt>Free disk</dt>
        <dd>{freeDiskMb === null ? 'unknown' : `${freeDiskMb.toLocaleString('en')} MB`}</dd>
        <dt>Waiting calls</dt>
        <dd>{waitingCalls}</dd>
      </dl>
    </section>
  );
}
