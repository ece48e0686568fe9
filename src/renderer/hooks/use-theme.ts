import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useConfig } from './use-config.ts';

/** Follows `ui.theme`. Mantine's own copy in local storage only spares the first frame a flash. */
export function useTheme(): void {
  const theme = useConfig()?.ui.theme;
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme) setColorScheme(theme);
  }, [theme, setColorScheme]);
}
