import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RouteInput } from '#shared/contract.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toastError } from './toasts.ts';

/** Every price that is known: the app's list, and the user's own in its place. */
export function usePrices() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.prices,
    queryFn: () => callRoute(bridge, 'price.list', {}),
  });
}

/** A change of one price. */
export type PriceChange =
  | ({ readonly act: 'set' } & RouteInput<'price.set'>)
  | { readonly act: 'reset'; readonly provider: ModelProvider; readonly model: string };

/** Sets a price, or takes back one that was set; the models are listed with it from then on. */
export function usePriceChange() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...row }: PriceChange) =>
      'input' in row ? callRoute(bridge, 'price.set', row) : callRoute(bridge, 'price.delete', row),
    onSuccess: (rows, { provider }) => {
      client.setQueryData(keys.prices, rows);
      return client.invalidateQueries({ queryKey: keys.models(provider) });
    },
    onError: toastError,
  });
}
