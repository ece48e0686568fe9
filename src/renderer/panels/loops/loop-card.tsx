import { Badge, Button, Switch } from '@mantine/core';
import { useState } from 'react';
import type { LoopState, LoopView } from '#shared/loops.ts';
import { useChangeConfig, useConfig, useFixedBy } from '../../hooks/use-config.ts';
import { useLoopCycle } from '../../hooks/use-loops.ts';
import { dueText, loopNames, loopStateNames, settingsOf, spanText } from '../../model/loop-text.ts';
import { changeOf, valueIn } from '../../model/settings.ts';
import { FixedBy } from '../../sidebar/fixed-by.tsx';
import { SidebarSetting } from '../../sidebar/sidebar-setting.tsx';
import { CycleItem } from './cycle-item.tsx';
import { CycleList } from './cycle-list.tsx';
import classes from './loops.module.css';

const colours: Readonly<Record<LoopState, string>> = {
  ready: 'teal',
  running: 'blue',
  held: 'yellow',
  off: 'gray',
  absent: 'gray',
};

/** One loop: its switch, its state with the reason, its period, and its last cycles. */
export function LoopCard({ view, now }: { readonly view: LoopView; readonly now: number }) {
  const { loop, state, reason, last, reverts, periodMs } = view;
  const [name, does] = loopNames[loop];
  const { enable, period } = settingsOf(loop);
  return (
    <li className={classes.loop} aria-label={name}>
      <div className={classes.head}>
        <LoopSwitch name={name} setting={enable} />
        <h3 className={classes.name}>{name}</h3>
        <Badge color={colours[state]}>{loopStateNames[state]}</Badge>
        <span className={`num ${classes.due}`}>{dueText(view, now)}</span>
        <CycleButton view={view} name={name} />
      </div>
      <p className={classes.what}>{does}</p>
      {reason !== null && (
        <p className={classes.reason} data-state={state}>
          {reason}
        </p>
      )}
      <FixedBy variable={useFixedBy(enable)} />
      {period && periodMs !== null && (
        <SidebarSetting
          setting={period}
          label={`${name}: every ${spanText(periodMs)}, in seconds`}
        />
      )}
      {last && <CycleItem cycle={last} reverts={reverts} now={now} />}
      {last && <Earlier view={view} now={now} />}
    </li>
  );
}

function LoopSwitch(props: {
  readonly name: string;
  readonly setting: Parameters<typeof useFixedBy>[0];
}) {
  const config = useConfig();
  const change = useChangeConfig();
  const variable = useFixedBy(props.setting);
  return (
    <Switch
      aria-label={`${props.name} loop`}
      checked={config !== undefined && valueIn(config, props.setting) === true}
      disabled={!config || variable !== null}
      onChange={(event) => change(changeOf(props.setting, event.currentTarget.checked))}
    />
  );
}

/** Begins a cycle, or cancels the one under way. */
function CycleButton({ view, name }: { readonly view: LoopView; readonly name: string }) {
  const { run, cancel } = useLoopCycle(view.loop);
  if (view.state === 'running' || run.isPending) {
    return (
      <Button
        variant="default"
        size="compact-xs"
        loading={cancel.isPending}
        aria-label={`Cancel the ${name} cycle`}
        onClick={() => cancel.mutate()}
      >
        Cancel
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      size="compact-xs"
      disabled={view.state === 'absent'}
      aria-label={`Run the ${name} loop now`}
      onClick={() => run.mutate()}
    >
      Run now
    </Button>
  );
}

/** The cycles before the last one, once somebody asks. */
function Earlier({ view, now }: { readonly view: LoopView; readonly now: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.earlier} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Earlier cycles</summary>
      {open && <CycleList view={view} now={now} />}
    </details>
  );
}
