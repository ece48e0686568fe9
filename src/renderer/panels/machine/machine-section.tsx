import { UnstyledButton } from '@mantine/core';
import { IconActivityHeartbeat, IconCpu, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useDevices } from '../../hooks/use-devices.ts';
import { useHealth } from '../../hooks/use-health.ts';
import { useLoops } from '../../hooks/use-loops.ts';
import { deviceTitles } from '../../model/device-names.ts';
import { loopsText } from '../../model/loop-text.ts';
import { stateNames } from '../../model/runtime-names.ts';
import { Section } from '../../sidebar/section.tsx';
import { LoopsDialog } from '../loops/loops-dialog.tsx';
import { DevicesDialog } from './devices-dialog.tsx';
import classes from './machine.module.css';
import { RuntimeDialog } from './runtime-dialog.tsx';

/** How the runtime and its loops are, and what this machine computes on as far as it was asked; a click asks. */
export function MachineSection() {
  const [open, setOpen] = useState<'devices' | 'runtime' | 'loops' | null>(null);
  const close = () => setOpen(null);
  const { data, isFetching } = useDevices(false);
  const known = data ? (data.chosen ? deviceTitles[data.chosen] : 'None works') : 'Not tried yet';
  return (
    <Section title="Machine">
      <RuntimeRow onClick={() => setOpen('runtime')} />
      <LoopsRow onClick={() => setOpen('loops')} />
      <UnstyledButton className={classes.row} onClick={() => setOpen('devices')}>
        <IconCpu size={15} aria-hidden />
        Devices
        <span className={classes.value}>{isFetching && !data ? 'Trying…' : known}</span>
      </UnstyledButton>
      <RuntimeDialog opened={open === 'runtime'} onClose={close} />
      <DevicesDialog opened={open === 'devices'} onClose={close} />
      <LoopsDialog opened={open === 'loops'} onClose={close} />
    </Section>
  );
}

function RuntimeRow({ onClick }: { readonly onClick: () => void }) {
  const { data } = useHealth(false);
  return (
    <UnstyledButton className={classes.row} data-state={data?.state} onClick={onClick}>
      <IconActivityHeartbeat size={15} aria-hidden />
      Runtime
      <span className={classes.value}>{data ? stateNames[data.state] : 'Asking…'}</span>
    </UnstyledButton>
  );
}

function LoopsRow({ onClick }: { readonly onClick: () => void }) {
  const { data } = useLoops(false);
  return (
    <UnstyledButton className={classes.row} onClick={onClick}>
      <IconRefresh size={15} aria-hidden />
      Loops
      <span className={classes.value}>{data ? loopsText(data) : 'Asking…'}</span>
    </UnstyledButton>
  );
}
