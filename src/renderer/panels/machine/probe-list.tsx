import { Badge } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleMinus } from '@tabler/icons-react';
import type { DeviceName, DeviceProbe } from '#shared/devices.ts';
import { deviceTitles, plainReason } from '../../model/device-names.ts';
import { formatDuration } from '../../model/format.ts';
import classes from './machine.module.css';

/** Each device that was tried: whether it computes, why not, and how long the trial took. */
export function ProbeList(props: {
  readonly probes: readonly DeviceProbe[];
  readonly chosen: DeviceName | null;
}) {
  return (
    <ul className={classes.probes}>
      {props.probes.map(({ device, opens, reason, ms }) => (
        <li key={device} className={classes.probe} data-opens={opens}>
          <div className={classes.probeHead}>
            {opens ? (
              <IconCircleCheckFilled size={16} role="img" aria-label="Works" />
            ) : (
              <IconCircleMinus size={16} role="img" aria-label="Does not open" />
            )}
            <span>{deviceTitles[device]}</span>
            {device === props.chosen && <Badge>in use</Badge>}
            <span className={`num ${classes.ms}`}>{formatDuration(ms)}</span>
          </div>
          {reason !== null && (
            <p className={classes.reason} title={reason}>
              {plainReason(reason)}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
