import { useOs } from '@mantine/hooks';

/** The name of the key that shortcuts are made with on this system. */
export function useModKey(): 'Ctrl' | '⌘' {
  return useOs() === 'macos' ? '⌘' : 'Ctrl';
}
