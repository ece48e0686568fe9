import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** How often resources are asked for while somebody looks, in ms; a change of health comes by event. */
const lookMs = 3000;

/** How the runtime and its parts are. `watched` keeps the figures fresh. */
export function useHealth(watched: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.health,
    queryFn: () => callRoute(bridge, 'health.get', {}),
    refetchInterval: watched ? lookMs : false,
  });
}

/** Tries every part now, those included that nothing needed yet. */
export function useTryHealth() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callRoute(bridge, 'health.get', { try: true, wake: true }),
    onSuccess: (health) => client.setQueryData(keys.health, health),
  });
}
