import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { useConfig } from './use-config.ts';

/** Follows `ui.theme`. Mantine's own copy in local storage only spares the first frame a flash. */
export function useTheme(): void {
  const theme = useConfig()?.ui.theme;
  const { setColorScheme } = useMantineColorScheme();
  // Mantine's function is another with each render, and each call styles the whole page anew.
  const set = useEffectEvent(setColorScheme);
  useEffect(() => {
    if (theme) set(theme);
  }, [theme]);
}
