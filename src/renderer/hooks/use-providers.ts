import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OmegaBridge } from '#shared/contract.ts';
import type { ModelProvider, ProviderTest, ProviderView } from '#shared/providers.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { isLocal } from '../model/provider-state.ts';
import { toastDone, toastError } from './toasts.ts';

/** How long a test of a provider on this machine counts, in ms. */
const localTestMs = 30_000;

/** The providers as the app knows them; nothing is sent to them for it. */
export function useProviders() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.providers,
    queryFn: () => callRoute(bridge, 'provider.list', {}),
  });
}

/** The models that a provider offers; asked for where nothing that it needs is missing. */
export function useModels(view: ProviderView | undefined) {
  const bridge = useBridge();
  const id = view?.id ?? 'ollama';
  return useQuery({
    // Another address or key is another list.
    queryKey: [...keys.models(id), view?.url, view?.key],
    queryFn: () => callRoute(bridge, 'provider.models', { provider: id }),
    enabled: view !== undefined && view.lacks === null,
  });
}

/** The last test of each provider. While `look` is on, those on this machine are tested now and then. */
export function useProviderTests(
  views: readonly ProviderView[],
  look: boolean,
): readonly (ProviderTest | undefined)[] {
  const bridge = useBridge();
  return useQueries({
    queries: views.map((view) => ({
      ...testQuery(bridge, view),
      enabled: look && view.lacks === null && isLocal(view),
      staleTime: localTestMs,
    })),
    combine: (results) => results.map((result) => result.data),
  });
}

/** Tests the connection of a provider when `refetch` is called. */
export function useProviderTest(view: ProviderView) {
  return useQuery({ ...testQuery(useBridge(), view), enabled: false });
}

function testQuery(bridge: OmegaBridge, { id, model, url }: ProviderView) {
  return {
    // A test of another model or address says nothing of this one.
    queryKey: [...keys.providerTest(id), model, url],
    queryFn: () => callRoute(bridge, 'provider.test', { provider: id }),
  };
}

/** A change of a provider's key. */
export type KeyChange =
  | { readonly act: 'set'; readonly key: string }
  | { readonly act: 'keep' | 'delete' };

/** Sets, keeps or deletes a provider's key; what depended on the old one is asked for again. */
export function useKeyChange(provider: ModelProvider) {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    // The key is among the variables, which must not outlive the call.
    gcTime: 0,
    mutationFn: (change: KeyChange) =>
      change.act === 'set'
        ? callRoute(bridge, 'key.set', { provider, key: change.key })
        : callRoute(bridge, change.act === 'keep' ? 'key.keep' : 'key.delete', { provider }),
    onSuccess: (changed, { act }) => {
      // A variable still wins, so that nothing else on screen tells.
      if (act === 'keep') toastDone('Key kept', 'It is there without the variable, too.');
      client.setQueryData<readonly ProviderView[]>(keys.providers, (list) =>
        list?.map((view) => (view.id === changed.id ? changed : view)),
      );
      // A test of the old key says nothing of the new one.
      void client.resetQueries({ queryKey: keys.providerTest(provider) });
      void client.invalidateQueries({ queryKey: keys.models(provider) });
    },
    onError: toastError,
  });
}
