import { useQuery } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRouteWithin } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toErrorData } from '../model/error-advice.ts';

/** Whether the server answers: as the bridge tells, and asked now and then in case it hangs. */
export function useConnection() {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.info,
    queryFn: () => callRouteWithin(bridge, 'app.info', {}, 8000),
    refetchInterval: (q) => (q.state.status === 'error' ? 2000 : 10_000),
    refetchIntervalInBackground: true,
  });
  const told = useQuery<boolean>({ queryKey: keys.connected, queryFn: () => true, enabled: false });
  const lost = told.data === false || query.isError;
  return {
    info: query.data,
    state: lost ? ('lost' as const) : query.isPending ? ('connecting' as const) : ('open' as const),
    error: query.error ? toErrorData(query.error) : null,
  };
}
