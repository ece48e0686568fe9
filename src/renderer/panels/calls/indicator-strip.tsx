import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useCallFigures } from '../../hooks/use-calls.ts';
import { useConfig } from '../../hooks/use-config.ts';
import { figureCells, modeText } from '../../model/figure-cells.ts';
import classes from './calls.module.css';
import { FigureText } from './figure-text.tsx';
import { SlowLine } from './slow-line.tsx';

const PerformanceDialog = lazy(() => import('./performance-dialog.tsx'));

/** The live figures of all calls to models, as they are counted; every number carries its raw value. */
export function IndicatorStrip() {
  const { data, error } = useCallFigures();
  const [open, setOpen] = useState(false);
  return (
    <section className={classes.strip} aria-label="Live indicators">
      <div className={classes.row}>
        <Mode />
        <SlowLine figures={data} error={error} />
        <Tooltip label="Performance: charts and counters">
          <ActionIcon aria-label="Performance" onClick={() => setOpen(true)}>
            <IconChartLine size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <dl className={classes.cells}>
        {figureCells(data).map((cell) => (
          <div key={cell.label} title={cell.title}>
            <dt>{cell.label}</dt>
            <dd>
              <FigureText parts={cell.parts} />
            </dd>
          </div>
        ))}
      </dl>
      {open && (
        <Suspense>
          <PerformanceDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}

/** The same in a few words, where no run is looked at. */
export function SmallIndicators() {
  const { data } = useCallFigures();
  const [inFlight] = figureCells(data);
  const cost = figureCells(data).find(({ label }) => label === 'Cost');
  return (
    <section className={classes.small} aria-label="Live indicators">
      <Mode />
      {inFlight && (
        <span>
          <FigureText parts={inFlight.parts} /> in flight
        </span>
      )}
      {cost && (
        <span title={cost.title}>
          <FigureText parts={cost.parts} />
        </span>
      )}
    </section>
  );
}

/** The mode that the engine works in; before it told, the one that is set. */
function Mode() {
  const { data } = useCallFigures();
  const isAsync = useConfig()?.async.enabled ?? true;
  const mode = data?.mode ?? (isAsync ? 'async' : 'sync');
  return (
    <strong className={classes.mode} data-figure="mode" data-value={mode} role="status">
      {modeText(mode)}
    </strong>
  );
}
