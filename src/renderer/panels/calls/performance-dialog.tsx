import { Skeleton } from '@mantine/core';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCallFigures, useCallSeconds } from '../../hooks/use-calls.ts';
import { useCurrentRun } from '../../hooks/use-runs.ts';
import { callColumns, latencyColumns } from '../../model/chart-data.ts';
import { formatDuration } from '../../model/format.ts';
import { RunSavingsLine } from '../run/run-savings-line.tsx';
import classes from './calls.module.css';
import { SecondsTable } from './seconds-table.tsx';
import { TimeChart } from './time-chart.tsx';

const latencyLines = [
  { label: 'p50', color: '--accent' },
  { label: 'p95', color: '--warn' },
] as const;

const callLines = [
  { label: 'Answers /s', color: '--ok' },
  { label: 'In flight', color: '--accent' },
  { label: 'Allowed', color: '--mantine-color-dimmed' },
] as const;

const count = (value: number) => value.toLocaleString('en');

/** Latency and throughput of the last two minutes, the speed-up of the run, and all counters. */
export default function PerformanceDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Performance" width={780} opened onClose={onClose}>
      <Performance />
    </Dialog>
  );
}

function Performance() {
  const { data, error, refetch } = useCallSeconds();
  const { run } = useCurrentRun();
  return (
    <div className={classes.performance}>
      {run.data && <RunSavingsLine run={run.data} />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={380} radius="md" />}
      {data && (
        <>
          <TimeChart
            title="Latency, last two minutes"
            lines={latencyLines}
            columns={latencyColumns(data)}
            format={formatDuration}
          />
          <TimeChart
            title="Calls, last two minutes"
            lines={callLines}
            columns={callColumns(data)}
            format={count}
          />
          <SecondsTable seconds={data} />
        </>
      )}
      <Counters />
    </div>
  );
}

/** Counters that the strip has no room for. */
function Counters() {
  const { data } = useCallFigures();
  if (!data) return null;
  const counters = [
    ['Answered', 'calls', data.calls],
    ['Failed', 'failed', data.failed],
    ['Retries', 'retries', data.retries],
    ['Answers of 429', 'rateLimited', data.rateLimited],
    ['Cache misses', 'cacheMisses', data.cacheMisses],
  ] as const;
  return (
    <dl className={classes.counters} aria-label="Counters since the start">
      {counters.map(([label, name, value]) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd data-counter={name} data-value={value}>
            {value.toLocaleString('en')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
