import { SegmentedControl, Slider, Text } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useChangeConfig, useConfig, useFixedBy } from '../hooks/use-config.ts';
import { FixedBy } from './fixed-by.tsx';
import classes from './run-settings.module.css';

const marks = [{ value: 1 }, { value: 8 }, { value: 16 }, { value: 24 }, { value: 32 }];

const presets = [
  [2, 'Conservative'],
  [3, 'Balanced'],
  [5, 'Aggressive'],
] as const;

/** How many jobs and requests go on at once while Async is on; acts on a run that is under way too. */
export function Concurrency({ on }: { readonly on: boolean }) {
  const stored = useConfig()?.async.concurrency ?? 1;
  const change = useChangeConfig();
  const fixedBy = useFixedBy('async.concurrency');
  const [value, setValue] = useState(stored);
  const id = useId();
  useEffect(() => setValue(stored), [stored]);
  const disabled = !on || fixedBy !== null;
  return (
    <>
      <div className={classes.sliderHead}>
        <span id={id}>Concurrency</span>
        <output className="num" aria-live="off">
          {on ? plainCount(value) : '1 job'}
        </output>
      </div>
      <Slider
        min={1}
        max={32}
        step={1}
        size="sm"
        value={value}
        disabled={disabled}
        marks={marks}
        label={null}
        thumbLabel="Concurrency"
        thumbValueText={plainCount}
        onChange={setValue}
        onChangeEnd={(count) => change({ 'async.concurrency': count })}
      />
      <SegmentedControl
        className={classes.presets}
        classNames={{ label: classes.preset ?? '' }}
        aria-label="Presets of concurrency"
        size="xs"
        fullWidth
        disabled={disabled}
        value={String(value)}
        onChange={(count) => change({ 'async.concurrency': Number(count) })}
        data={presets.map(([count, name]) => ({ value: String(count), label: `${name} ${count}` }))}
      />
      <Text size="xs" c="dimmed" mt={6} className={classes.note}>
        {on ? 'Jobs and requests at once, 1 to 32.' : 'Turn Async on to run several jobs at once.'}
      </Text>
      <FixedBy variable={fixedBy} />
    </>
  );
}

function plainCount(value: number): string {
  return value === 1 ? '1 job' : `${value} jobs`;
}
