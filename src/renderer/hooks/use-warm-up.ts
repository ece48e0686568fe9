import { useQuery } from '@tanstack/react-query';
import type { WarmUpProgress } from '#shared/warm-up.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** How far the warm-up is; undefined until the server answered. Events keep it up to date. */
export function useWarmUp(): WarmUpProgress | undefined {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.warmUp,
    queryFn: () => callRoute(bridge, 'warmup.get', {}),
  }).data;
}
