import { useEffect } from 'react';

/** Loads a part of the page while nothing else happens, so that it is there when it is needed. */
export function usePreload(load: () => Promise<unknown>): void {
  useEffect(() => {
    // A part that cannot be loaded now is tried again where it is needed, and told of there.
    const handle = requestIdleCallback(() => void load().catch(() => {}), { timeout: 10_000 });
    return () => cancelIdleCallback(handle);
  }, [load]);
}
