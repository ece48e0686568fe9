import { useMemo } from 'react';
import type { Run } from '#shared/run.ts';
import { savingsOf } from '#shared/run-savings.ts';
import { formatDuration } from '../../model/format.ts';
import classes from './run.module.css';

/** What a run took, and what it would have taken one job after the other; nothing before a job ended. */
export function RunSavingsLine({ run }: { readonly run: Run }) {
  const savings = useMemo(() => savingsOf(run.jobs), [run.jobs]);
  if (!savings) return null;
  const { wallMs, sumMs, factor } = savings;
  return (
    <p className={classes.savings}>
      This run:{' '}
      <b data-run-figure="wallMs" data-value={wallMs}>
        {formatDuration(wallMs)}
      </b>
      , one after the other it would have been{' '}
      <b data-run-figure="sumMs" data-value={sumMs}>
        {formatDuration(sumMs)}
      </b>
      ,{' '}
      <b data-run-figure="factor" data-value={factor}>
        {factor.toFixed(1)}×
      </b>
    </p>
  );
}
