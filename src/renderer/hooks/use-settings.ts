import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '#shared/settings.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toastError } from './toasts.ts';

/** The settings as the server has them; undefined until it answered. */
export function useSettings(): Settings | undefined {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.settings,
    queryFn: () => callRoute(bridge, 'settings.get', {}),
  }).data;
}

/** Changes settings at once on screen, then on the server; puts them back where that is refused. */
export function useChangeSettings(): (change: Partial<Settings>) => void {
  const bridge = useBridge();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationKey: keys.settings,
    // One after the other, so that the last change made is the last one stored.
    scope: { id: 'settings' },
    mutationFn: (change: Partial<Settings>) => callRoute(bridge, 'settings.set', change),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: keys.settings });
      const before = client.getQueryData<Settings>(keys.settings);
      if (before) client.setQueryData(keys.settings, { ...before, ...change });
      return before;
    },
    onSuccess: (settings) => {
      if (!settingsAreChanging(client, 1)) client.setQueryData(keys.settings, settings);
    },
    onError: (error, _change, before) => {
      if (before) client.setQueryData(keys.settings, before);
      toastError(error);
    },
  });
  return mutate;
}

/** True while more than `besides` changes are under way; what the server says meanwhile is old. */
export function settingsAreChanging(client: QueryClient, besides = 0): boolean {
  return client.isMutating({ mutationKey: keys.settings }) > besides;
}
