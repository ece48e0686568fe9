import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import type { ChartColumns } from '../model/chart-data.ts';
import { inTasks } from '../model/in-tasks.ts';

type Props = {
  /** What the drawing says, for those who do not see it. */
  readonly label: string;
  readonly columns: ChartColumns;
  /** How it is drawn in `parent`, in the colours that the theme has there now. */
  readonly options: (parent: HTMLElement) => uPlot.Options;
};

/** A chart. It follows the width of its place and the colours of the theme. */
export function Plot({ label, columns, options }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const scheme = useComputedColorScheme('light');

  const make = useEffectEvent(
    (parent: HTMLElement) =>
      new uPlot(options(parent), columns as unknown as uPlot.AlignedData, parent),
  );
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

  return <div ref={box} role="img" aria-label={label} />;
}
