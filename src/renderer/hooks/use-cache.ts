import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RouteInput } from '#shared/contract.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { plural } from '../model/format.ts';
import { toastDone, toastError } from './toasts.ts';

/** What the cache of answers holds and has done; asked for again as calls are made. */
export function useCacheStats() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.cacheStats,
    queryFn: () => callRoute(bridge, 'cache.stats', {}),
  });
}

/** Forgets answers: all, or those of a provider or a project; says how many. */
export function useClearCache() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (of: RouteInput<'cache.clear'>) => callRoute(bridge, 'cache.clear', of),
    onSuccess: ({ removed }) =>
      toastDone('Cache cleared', `${plural(removed, 'answer')} forgotten.`),
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: keys.cacheStats }),
  });
}
