import { useQuery } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** Seconds that the chart shows. */
const chartSeconds = 120;

/** What goes on between the app and the models; events keep it up to date. */
export function useCallFigures() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.callFigures,
    queryFn: () => callRoute(bridge, 'call.figures', {}),
  });
}

/** The last two minutes by second; asked for once a second, so only where it is looked at. */
export function useCallSeconds() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.callSeconds,
    queryFn: () => callRoute(bridge, 'call.seconds', { seconds: chartSeconds }),
    refetchInterval: 1000,
    staleTime: 0,
  });
}
