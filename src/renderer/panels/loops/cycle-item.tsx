import { type LoopCycle, reportOf } from '#shared/loops.ts';
import { formatAgo, formatDuration, formatTime } from '../../model/format.ts';
import { cycleStateNames, triggerNames } from '../../model/loop-text.ts';
import { ActionItem } from './action-item.tsx';
import classes from './loops.module.css';
import { ReportButton } from './report-button.tsx';

type Props = {
  readonly cycle: LoopCycle;
  /** Whether what it did can be taken back. */
  readonly reverts: boolean;
  readonly now: number;
};

/** One cycle: how it ended, how long it took, what it found and what it did. */
export function CycleItem({ cycle, reverts, now }: Props) {
  const { id, state, trigger, startedAt, durationMs, output, error } = cycle;
  const quality = output?.quality ?? null;
  const report = reportOf(cycle);
  return (
    <article className={classes.cycle} aria-label={`Cycle of ${formatTime(startedAt)}`}>
      <p className={`num ${classes.cycleHead}`} data-state={state}>
        <strong>{cycleStateNames[state]}</strong>
        {durationMs !== null && <span>{formatDuration(durationMs)}</span>}
        <span>{triggerNames[trigger]}</span>
        {quality !== null && <span>quality {quality.toFixed(2)}</span>}
        <time dateTime={new Date(startedAt).toISOString()} title={formatTime(startedAt)}>
          {formatAgo(startedAt, now)}
        </time>
      </p>
      {error && state === 'failed' && <p className={classes.error}>{error.message}</p>}
      {report !== null && <ReportButton report={report} />}
      {output?.insights.map((insight) => (
        <p key={insight} className={classes.insight}>
          {insight}
        </p>
      ))}
      {output && output.actions.length > 0 && (
        <ul className={classes.actions} aria-label="What it did">
          {output.actions.map((action) => (
            <ActionItem key={action.id} cycle={id} action={action} reverts={reverts} />
          ))}
        </ul>
      )}
    </article>
  );
}
