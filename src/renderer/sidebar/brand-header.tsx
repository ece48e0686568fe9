import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { useConnection } from '../hooks/use-connection.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { SettingsDialog } from '../panels/settings/settings-dialog.tsx';
import classes from './brand-header.module.css';

const names = { open: 'Connected', connecting: 'Connecting', lost: 'Not connected' } as const;
const doors = { desktop: 'Desktop', web: 'Browser', cli: 'Command line' } as const;

/** Name of the app, the door it stands in and whether its server answers. */
export function BrandHeader() {
  const { info, state } = useConnection();
  const { dispatch } = useWorkbench();
  const [open, setOpen] = useState(false);
  const door = info ? doors[info.door] : '';
  return (
    <header className={classes.brand}>
      <span className={classes.logo} aria-hidden>
        Ω
      </span>
      <h1 className={classes.name}>Omega Studio</h1>
      <Tooltip
        multiline
        maw={320}
        label={info ? `Version ${info.version}. Data in ${info.dataFolder}` : names[state]}
      >
        <span className={classes.door} data-state={state} role="status">
          <span className={classes.dot} aria-hidden />
          {state === 'open' ? door : names[state]}
        </span>
      </Tooltip>
      <Tooltip label="Settings">
        <ActionIcon aria-label="Settings" onClick={() => setOpen(true)}>
          <IconSettings size={16} />
        </ActionIcon>
      </Tooltip>
      <SettingsDialog opened={open} onClose={() => setOpen(false)} />
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          aria-label="Keyboard shortcuts"
          onClick={() => dispatch({ type: 'help', open: true })}
        >
          <IconKeyboard size={16} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
