import type { Chart } from '../../validation/helm/chart.ts';
import { mapping } from '../../validation/plain.ts';
import { valuesOf } from './fill-values.ts';
import { type Rendered, type Rendering, renderChart, switched } from './rendered.ts';

/** The chart with another text of its values.yaml, or of one of its templates. */
export function withFile(chart: Chart, path: string, content: string): Chart {
  if (path === 'values.yaml') return { ...chart, values: { path, content } };
  const templates = chart.templates.map((one) => (one.path === path ? { path, content } : one));
  return { ...chart, templates };
}

/** Templates of a changed chart, and of what it renders to, that are no longer as they were. */
export type Soundness = (after: Chart, rendered: readonly Rendered[]) => ReadonlySet<string>;

/**
 * Tells which templates of a changed chart no longer render as they did in all that was not meant:
 * with the chart's own values, or with its switches thrown the other way.
 */
export function soundness(
  chart: Chart,
  rendering: Rendering,
  before: readonly Rendered[],
): Soundness {
  const other = mapping(switched(valuesOf(chart)));
  let otherBefore: readonly Rendered[] | null = null;
  return (after, rendered) => {
    otherBefore ??= renderChart(chart, rendering, other);
    const gone = (was: readonly Rendered[], is: readonly Rendered[]): readonly string[] => {
      const still = new Set(is.map(({ path }) => path));
      return was.map(({ path }) => path).filter((path) => !still.has(path));
    };
    return new Set([
      ...gone(before, rendered),
      ...gone(otherBefore, renderChart(after, rendering, other)),
    ]);
  };
}
