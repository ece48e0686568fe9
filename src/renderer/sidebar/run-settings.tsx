import { Switch } from '@mantine/core';
import { useChangeConfig, useConfig, useFixedBy } from '../hooks/use-config.ts';
import { Concurrency } from './concurrency.tsx';
import { FixedBy } from './fixed-by.tsx';
import classes from './run-settings.module.css';
import { Section } from './section.tsx';
import { SidebarSetting } from './sidebar-setting.tsx';

/** How a run goes: side by side or in order, how wide, and whether files share a request. */
export function RunSettings() {
  const config = useConfig();
  const change = useChangeConfig();
  const asyncFixedBy = useFixedBy('async.enabled');
  const batchFixedBy = useFixedBy('batch.enabled');
  const on = config?.async.enabled ?? false;
  const batch = config?.batch.enabled ?? false;
  return (
    <Section title="Run">
      <Switch
        label="⚡ Async"
        description={on ? 'Several jobs at once' : 'One job after the other, in order'}
        checked={on}
        disabled={!config || asyncFixedBy !== null}
        onChange={(event) => change({ 'async.enabled': event.currentTarget.checked })}
      />
      <FixedBy variable={asyncFixedBy} />
      <Concurrency on={on} />
      <Switch
        className={classes.batch}
        label="Batch mode"
        description={
          batch ? 'Files of a project share one request' : 'Each file has its own request'
        }
        checked={batch}
        disabled={!config || batchFixedBy !== null}
        onChange={(event) => change({ 'batch.enabled': event.currentTarget.checked })}
      />
      <FixedBy variable={batchFixedBy} />
      {batch && <SidebarSetting setting="batch.size" label="Files in a request" />}
    </Section>
  );
}
