import { Slider, Switch, Text } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useChangeConfig, useConfig, useFixedBy } from '../hooks/use-config.ts';
import classes from './concurrency.module.css';
import { FixedBy } from './fixed-by.tsx';
import { Section } from './section.tsx';

const marks = [{ value: 1 }, { value: 16 }, { value: 32 }, { value: 48 }, { value: 64 }];

/** Whether jobs run side by side, and how many at once. */
export function Concurrency() {
  const config = useConfig();
  const change = useChangeConfig();
  const asyncFixedBy = useFixedBy('async.enabled');
  const countFixedBy = useFixedBy('async.concurrency');
  const stored = config?.async.concurrency ?? 1;
  const [value, setValue] = useState(stored);
  const id = useId();
  useEffect(() => setValue(stored), [stored]);
  const on = config?.async.enabled ?? false;
  return (
    <Section title="Run">
      <Switch
        label="Async"
        description={on ? 'Several jobs at once' : 'One job after the other, in order'}
        checked={on}
        disabled={!config || asyncFixedBy !== null}
        onChange={(event) => change({ 'async.enabled': event.currentTarget.checked })}
      />
      <div className={classes.sliderHead}>
        <span id={id}>Concurrency</span>
        <output className="num" aria-live="off">
          {on ? plainCount(value) : '1 job'}
        </output>
      </div>
      <Slider
        min={1}
        max={64}
        step={1}
        size="sm"
        value={value}
        disabled={!on || countFixedBy !== null}
        marks={marks}
        label={null}
        thumbLabel="Concurrency"
        thumbValueText={plainCount}
        onChange={setValue}
        onChangeEnd={(count) => change({ 'async.concurrency': count })}
      />
      <Text size="xs" c="dimmed" mt={8} className={classes.sliderNote}>
        {on ? 'Jobs that may run at once, 1 to 64.' : 'Turn Async on to run several jobs at once.'}
      </Text>
      <FixedBy variable={asyncFixedBy} />
      <FixedBy variable={countFixedBy} />
    </Section>
  );
}

function plainCount(value: number): string {
  return value === 1 ? '1 job' : `${value} jobs`;
}
