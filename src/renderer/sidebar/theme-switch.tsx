import { SegmentedControl } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { Settings } from '#shared/settings.ts';
import { IconLabel } from '../components/icon-label.tsx';
import { useChangeSettings, useSettings } from '../hooks/use-settings.ts';

const options = [
  ['auto', 'System', IconDeviceDesktop],
  ['light', 'Light', IconSun],
  ['dark', 'Dark', IconMoon],
] as const;

/** Colours of the app: the system's, light or dark. */
export function ThemeSwitch() {
  const settings = useSettings();
  const change = useChangeSettings();
  return (
    <SegmentedControl
      aria-label="Theme"
      size="xs"
      fullWidth
      disabled={!settings}
      value={settings?.theme ?? 'auto'}
      onChange={(theme) => change({ theme: theme as Settings['theme'] })}
      data={options.map(([value, name, Icon]) => ({
        value,
        label: <IconLabel icon={Icon} text={name} />,
      }))}
    />
  );
}
