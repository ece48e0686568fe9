import { useId } from 'react';
import uPlot from 'uplot';
import { numberText } from '#shared/number-text.ts';
import { Plot } from '../../components/plot.tsx';
import { plotColours } from '../../components/plot-colours.ts';
import type { ChartColumns } from '../../model/chart-data.ts';
import { plural } from '../../model/format.ts';
import classes from './tuning.module.css';

type Props = { readonly columns: ChartColumns; readonly unit: string };

/** Every measurement of a search, and the best score so far as a line. */
export function TrialChart({ columns, unit }: Props) {
  const id = useId();
  const [numbers, scores = [], best = []] = columns;
  const last = best.at(-1);
  const failed = scores.filter((score) => score === null).length;
  const end = last == null ? 'None gave a score' : `The best came to ${numberText(last)} ${unit}`;
  return (
    <figure className={classes.chart} aria-labelledby={id}>
      <figcaption id={id}>Best score so far, by measurement</figcaption>
      <Plot
        label={`${plural(numbers.length, 'measurement')}, ${failed} failed. ${end}.`}
        columns={columns}
        options={trialOptions}
      />
    </figure>
  );
}

function trialOptions(parent: HTMLElement): uPlot.Options {
  const { colour, axis } = plotColours(parent);
  const steps = uPlot.paths.stepped?.({ align: 1 });
  const value = (_: uPlot, at: number | null) => (at === null ? '–' : numberText(at));
  return {
    width: parent.clientWidth,
    height: 130,
    cursor: { drag: { x: false, y: false }, points: { size: 5 } },
    scales: {
      x: { time: false, range: (_, __, max) => [0, Math.max(2, max + 1)] },
      y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] },
    },
    series: [
      { label: 'Measurement' },
      {
        ...{ label: 'Score', value },
        stroke: colour('--mantine-color-dimmed'),
        paths: () => null,
        points: { show: true, size: 4 },
      },
      {
        ...{ label: 'Best so far', value },
        stroke: colour('--accent'),
        width: 1.5,
        ...(steps ? { paths: steps } : {}),
        points: { show: false },
      },
    ],
    axes: [
      { ...axis, size: 26 },
      { ...axis, size: 60, space: 28, values: (_, splits) => splits.map(numberText) },
    ],
  };
}
