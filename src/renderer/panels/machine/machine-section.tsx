import { UnstyledButton } from '@mantine/core';
import { IconActivityHeartbeat, IconAdjustments, IconCpu, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useDevices } from '../../hooks/use-devices.ts';
import { useHealth } from '../../hooks/use-health.ts';
import { useLoops } from '../../hooks/use-loops.ts';
import { useIntelligences } from '../../hooks/use-tuning.ts';
import { deviceTitles } from '../../model/device-names.ts';
import { loopsText } from '../../model/loop-text.ts';
import { stateNames } from '../../model/runtime-names.ts';
import { tuningText } from '../../model/tuning-text.ts';
import { Section } from '../../sidebar/section.tsx';
import { LoopsDialog } from '../loops/loops-dialog.tsx';
import { TuningDialog } from '../tuning/tuning-dialog.tsx';
import { DevicesDialog } from './devices-dialog.tsx';
import classes from './machine.module.css';
import { RuntimeDialog } from './runtime-dialog.tsx';

/** How the runtime, its loops and its tuning are, and what this machine computes on as far as it was asked; a click asks. */
export function MachineSection() {
  const [open, setOpen] = useState<'devices' | 'runtime' | 'loops' | 'tuning' | null>(null);
  const close = () => setOpen(null);
  const { data, isFetching } = useDevices(false);
  const known = data ? (data.chosen ? deviceTitles[data.chosen] : 'None works') : 'Not tried yet';
  return (
    <Section title="Machine">
      <RuntimeRow onClick={() => setOpen('runtime')} />
      <LoopsRow onClick={() => setOpen('loops')} />
      <TuningRow onClick={() => setOpen('tuning')} />
      <UnstyledButton className={classes.row} onClick={() => setOpen('devices')}>
        <IconCpu size={15} aria-hidden />
        Devices
        <span className={classes.value}>{isFetching && !data ? 'Trying…' : known}</span>
      </UnstyledButton>
      <RuntimeDialog opened={open === 'runtime'} onClose={close} />
      <DevicesDialog opened={open === 'devices'} onClose={close} />
      <LoopsDialog opened={open === 'loops'} onClose={close} />
      <TuningDialog opened={open === 'tuning'} onClose={close} />
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

function TuningRow({ onClick }: { readonly onClick: () => void }) {
  const { data } = useIntelligences(false);
  return (
    <UnstyledButton className={classes.row} onClick={onClick}>
      <IconAdjustments size={15} aria-hidden />
      Tuning
      <span className={classes.value}>{data ? tuningText(data) : 'Asking…'}</span>
    </UnstyledButton>
  );
}
