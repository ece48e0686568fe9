import type { RunProgress } from '../../model/run-progress.ts';
import classes from './run.module.css';

/** The counts of a run in a row; colour only where a count asks for attention. */
export function RunFigures({ progress }: { readonly progress: RunProgress }) {
  const { counts } = progress;
  const figures = [
    ['Done', counts.completed, ''],
    ['Running', counts.running, ''],
    ['Waiting', counts.pending, ''],
    ['Failed', counts.failed, 'bad'],
    ['Cancelled', counts.cancelled, ''],
    ['Files', progress.files, ''],
    ['Errors', progress.errors, 'bad'],
    ['Warnings', progress.warnings, 'warn'],
  ] as const;
  return (
    <dl className={classes.figures} aria-label="Counts">
      {figures.map(([label, value, tone]) => (
        <div key={label} data-tone={value > 0 ? tone : ''}>
          <dt>{label}</dt>
          <dd>{value.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}
