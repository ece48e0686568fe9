import { useHotkeys } from '@mantine/hooks';

type Keys = readonly (readonly [key: string, act: () => void])[];

/**
 * Keys that act unless a dialog is open, so that nothing happens behind one. `everywhere` keys also
 * act while a text is edited.
 */
export function useFreeHotkeys(keys: Keys, options: { readonly everywhere?: boolean } = {}): void {
  const guarded = keys.map(([key, act]): [string, () => void] => [
    key,
    () => {
      if (document.querySelector('[role="dialog"]') === null) act();
    },
  ]);
  useHotkeys(guarded, options.everywhere ? [] : undefined, options.everywhere ?? false);
}
