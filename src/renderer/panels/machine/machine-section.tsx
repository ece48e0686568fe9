import { UnstyledButton } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useState } from 'react';
import { useDevices } from '../../hooks/use-devices.ts';
import { deviceTitles } from '../../model/device-names.ts';
import { Section } from '../../sidebar/section.tsx';
import { DevicesDialog } from './devices-dialog.tsx';
import classes from './machine.module.css';

/** What this machine computes on, as far as it was asked; a click asks. */
export function MachineSection() {
  const [open, setOpen] = useState(false);
  const { data, isFetching } = useDevices(false);
  const known = data ? (data.chosen ? deviceTitles[data.chosen] : 'None works') : 'Not tried yet';
  return (
    <Section title="Machine">
      <UnstyledButton className={classes.row} onClick={() => setOpen(true)}>
        <IconCpu size={15} aria-hidden />
        Devices
        <span className={classes.value}>{isFetching && !data ? 'Trying…' : known}</span>
      </UnstyledButton>
      <DevicesDialog opened={open} onClose={() => setOpen(false)} />
    </Section>
  );
}
