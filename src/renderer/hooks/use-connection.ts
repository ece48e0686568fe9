import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRouteWithin } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toErrorData } from '../model/error-advice.ts';

/** Whether the server answers: asked every five seconds, and every second and a half once it is lost. */
export function useConnection() {
  const bridge = useBridge();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.info,
    queryFn: () => callRouteWithin(bridge, 'app.info', {}, 4000),
    refetchInterval: (q) => (q.state.status === 'error' ? 1500 : 5000),
    refetchIntervalInBackground: true,
  });
  const lost = query.isError;
  const wasLost = useRef(false);
  useEffect(() => {
    // What was missed while away is unknown, so everything is asked for again.
    if (wasLost.current && !lost) void client.invalidateQueries();
    wasLost.current = lost;
  }, [lost, client]);
  return {
    info: query.data,
    state: lost ? ('lost' as const) : query.isPending ? ('connecting' as const) : ('open' as const),
    error: query.error ? toErrorData(query.error) : null,
  };
}
