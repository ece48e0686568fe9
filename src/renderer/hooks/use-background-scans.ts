import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** Projects that are scanned unasked at most; the others are when they are looked at. */
const most = 20;

/** Scans the listed projects one after the other, so that the explorer can tell their services. */
export function useBackgroundScans(roots: readonly string[]): void {
  const bridge = useBridge();
  const client = useQueryClient();
  const list = JSON.stringify(roots.slice(0, most));
  useEffect(() => {
    let stopped = false;
    const scanAll = async () => {
      for (const root of JSON.parse(list) as readonly string[]) {
        if (stopped) return;
        const state = client.getQueryState(keys.scan(root));
        if (state && (state.status !== 'pending' || state.fetchStatus !== 'idle')) continue;
        await client.prefetchQuery({
          queryKey: keys.scan(root),
          queryFn: () => callRoute(bridge, 'scan.run', { root }),
        });
      }
    };
    void scanAll();
    return () => {
      stopped = true;
    };
  }, [bridge, client, list]);
}
