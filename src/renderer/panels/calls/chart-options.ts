import type uPlot from 'uplot';
import { plotColours, type ThemeColour } from '../../components/plot-colours.ts';

/** A line of a chart: its name, and the variable of the theme that colours it. */
export type ChartLine = { readonly label: string; readonly color: ThemeColour };

/** Seconds that a chart shows. */
const shownSeconds = 120;

/** Height of a chart in pixels, without its legend. */
const height = 150;

/** How a chart in `parent` is drawn, in the colours that the theme has there now. */
export function chartOptions(
  parent: HTMLElement,
  lines: readonly ChartLine[],
  format: (value: number) => string,
): uPlot.Options {
  const { colour, axis } = plotColours(parent);
  return {
    width: parent.clientWidth,
    height,
    cursor: { drag: { x: false, y: false }, points: { size: 5 } },
    scales: {
      // The whole two minutes, also where the app has not been asked for as long.
      x: { range: (_, __, max) => [max - shownSeconds, max] },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
    },
    series: [
      { label: 'Time', value: (_, at) => clock(at) },
      ...lines.map((line) => ({
        label: line.label,
        stroke: colour(line.color),
        width: 1.5,
        // Slow answers come seconds apart: a point of its own would not be seen without its neighbours.
        spanGaps: true,
        points: { show: true, size: 4 },
        value: (_: uPlot, value: number | null) => (value === null ? '–' : format(value)),
      })),
    ],
    axes: [
      { ...axis, size: 26, values: (_, splits) => splits.map(clock) },
      { ...axis, size: 60, space: 28, values: (_, splits) => splits.map((value) => format(value)) },
    ],
  };
}

/** Seconds since 1970 as the time of day; a dash where the pointer is nowhere. */
function clock(at: number | null): string {
  return at === null ? '–' : new Date(at * 1000).toLocaleTimeString('en-GB');
}
