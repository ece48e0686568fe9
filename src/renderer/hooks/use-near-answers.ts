import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RouteInput } from '#shared/contract.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toastError } from './toasts.ts';

/** A request that near answers are looked for. */
export type NearTarget = Pick<
  RouteInput<'cache.suggest'>,
  'root' | 'kind' | 'service' | 'use' | 'model' | 'cache'
>;

/** What of the cache may stand for a request, looked up anew each time that it is shown, once `ready`. */
export function useNearAnswers(target: NearTarget, ready: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.nearAnswers(target),
    queryFn: () => callRoute(bridge, 'cache.suggest', target),
    enabled: ready,
    staleTime: 0,
    gcTime: 0,
    // It reads the project and compares: a page that gets the focus again is no reason to.
    refetchOnWindowFocus: false,
  });
}

/** Takes a near answer over for a request, so that the next run gets it. */
export function useAcceptAnswer() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: RouteInput<'cache.accept'>) => callRoute(bridge, 'cache.accept', choice),
    onError: toastError,
    onSettled: () => Promise.all(again(client)),
  });
}

/** Takes an accepted answer back, so that the next run asks. */
export function useForgetAnswer() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => callRoute(bridge, 'cache.forget', { key }),
    onError: toastError,
    onSettled: () => Promise.all(again(client)),
  });
}

function again(client: ReturnType<typeof useQueryClient>): readonly Promise<void>[] {
  return [['near-answers'], keys.cacheStats].map((queryKey) =>
    client.invalidateQueries({ queryKey }),
  );
}
