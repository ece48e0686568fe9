import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import uPlot from 'uplot';
import type { ChartColumns } from '../../model/chart-data.ts';
import { inTasks } from '../../model/in-tasks.ts';
import classes from './calls.module.css';
import { type ChartLine, chartOptions } from './chart-options.ts';

type Props = {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly columns: ChartColumns;
  readonly format: (value: number) => string;
};

/** Lines over time. It follows the width of its place and the colours of the theme. */
export function TimeChart({ title, lines, columns, format }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const id = useId();
  const scheme = useComputedColorScheme('light');

  const make = useEffectEvent((parent: HTMLElement) => {
    const options = chartOptions(parent, lines, format);
    return new uPlot(options, columns as unknown as uPlot.AlignedData, parent);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours need another chart.
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const observer = new ResizeObserver(() => {
      const made = chart.current;
      made?.setSize({ width: parent.clientWidth, height: made.height });
    });
    const stop = inTasks(function* () {
      chart.current = make(parent);
      yield;
      observer.observe(parent);
    });
    return () => {
      stop();
      observer.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [scheme]);
  useEffect(() => chart.current?.setData(columns as unknown as uPlot.AlignedData), [columns]);

  return (
    <figure className={classes.chart} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div ref={box} role="img" aria-label={summary(title, lines, columns, format)} />
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
