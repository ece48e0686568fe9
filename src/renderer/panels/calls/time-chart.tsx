import { useId } from 'react';
import { Plot } from '../../components/plot.tsx';
import type { ChartColumns } from '../../model/chart-data.ts';
import classes from './calls.module.css';
import { type ChartLine, chartOptions } from './chart-options.ts';

type Props = {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly columns: ChartColumns;
  readonly format: (value: number) => string;
};

/** Lines over time. */
export function TimeChart({ title, lines, columns, format }: Props) {
  const id = useId();
  return (
    <figure className={classes.chart} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <Plot
        label={summary(title, lines, columns, format)}
        columns={columns}
        options={(parent) => chartOptions(parent, lines, format)}
      />
    </figure>
  );
}

/** The chart in a sentence: the last value of each line. */
function summary(
  title: string,
  lines: Props['lines'],
  columns: ChartColumns,
  format: Props['format'],
): string {
  const last = lines.map(({ label }, at) => {
    const value = columns[at + 1]?.findLast((one) => one !== null);
    return `${label} ${value === undefined || value === null ? 'none' : format(value)}`;
  });
  return `${title}. Latest: ${last.join(', ')}. The table below has every second.`;
}
