import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from './use-settings.ts';

/** Follows `settings.theme`. Mantine's own copy in local storage only spares the first frame a flash. */
export function useTheme(): void {
  const theme = useSettings()?.theme;
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme) setColorScheme(theme);
  }, [theme, setColorScheme]);
}
