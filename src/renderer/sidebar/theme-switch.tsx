import { SegmentedControl } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { Config } from '#shared/config.ts';
import { IconLabel } from '../components/icon-label.tsx';
import { useChangeConfig, useConfig, useFixedBy } from '../hooks/use-config.ts';

const options = [
  ['auto', 'System', IconDeviceDesktop],
  ['light', 'Light', IconSun],
  ['dark', 'Dark', IconMoon],
] as const;

/** Colours of the app: the system's, light or dark. */
export function ThemeSwitch() {
  const config = useConfig();
  const change = useChangeConfig();
  const fixedBy = useFixedBy('ui.theme');
  return (
    <SegmentedControl
      aria-label="Theme"
      size="xs"
      fullWidth
      disabled={!config || fixedBy !== null}
      value={config?.ui.theme ?? 'auto'}
      onChange={(theme) => change({ 'ui.theme': theme as Config['ui']['theme'] })}
      data={options.map(([value, name, Icon]) => ({
        value,
        label: <IconLabel icon={Icon} text={name} />,
      }))}
    />
  );
}
