import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type Config,
  type ConfigChange,
  type ConfigField,
  type ConfigKey,
  type ConfigView,
  withChange,
} from '#shared/config.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toastError } from './toasts.ts';

/** The configuration with its sources, as the server has it; undefined until it answered. */
export function useConfigView(): ConfigView | undefined {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.config,
    queryFn: () => callRoute(bridge, 'config.get', {}),
  }).data;
}

/** The configuration's values; undefined until the server answered. */
export function useConfig(): Config | undefined {
  return useConfigView()?.config;
}

/** Every setting with what it takes; undefined until the server answered. */
export function useConfigFields(): readonly ConfigField[] | undefined {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.configFields,
    queryFn: () => callRoute(bridge, 'config.fields', {}),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** The environment's variable that sets this and so keeps it from being changed here, or null. */
export function useFixedBy(key: ConfigKey): string | null {
  const source = useConfigView()?.sources[key];
  return source?.from === 'environment' ? source.variable : null;
}

/** Changes settings at once on screen, then on the server; puts them back where that is refused. */
export function useChangeConfig(): (change: ConfigChange) => void {
  const bridge = useBridge();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationKey: keys.config,
    // One after the other, so that the last change made is the last one stored.
    scope: { id: 'config' },
    mutationFn: (change: ConfigChange) => callRoute(bridge, 'config.set', change),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: keys.config });
      const before = client.getQueryData<ConfigView>(keys.config);
      if (before) {
        const config = withChange(before.config, change);
        client.setQueryData<ConfigView>(keys.config, { ...before, config });
      }
      return before;
    },
    onSuccess: (view) => {
      if (!configIsChanging(client, 1)) client.setQueryData(keys.config, view);
    },
    onError: (error, _change, before) => {
      if (before) client.setQueryData(keys.config, before);
      toastError(error);
    },
  });
  return mutate;
}

/** True while more than `besides` changes are under way; what the server says meanwhile is old. */
export function configIsChanging(client: QueryClient, besides = 0): boolean {
  return client.isMutating({ mutationKey: keys.config }) > besides;
}
