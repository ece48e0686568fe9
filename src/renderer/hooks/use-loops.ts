import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LoopType } from '#shared/loops.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toErrorData } from '../model/error-advice.ts';
import { toastDone, toastError } from './toasts.ts';

/** How often the loops are asked for while somebody looks, in ms: waiting has no event. */
const lookMs = 3000;
/** Cycles of a loop that are shown. */
const shownCycles = 10;

/** How each loop is. `watched` keeps it fresh. */
export function useLoops(watched: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.loops,
    queryFn: () => callRoute(bridge, 'loop.list', {}),
    refetchInterval: watched ? lookMs : false,
  });
}

/** The last cycles of a loop, the newest first. */
export function useLoopHistory(type: LoopType, shown: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.loopHistory(type),
    queryFn: () => callRoute(bridge, 'loop.history', { type, limit: shownCycles }),
    enabled: shown,
  });
}

/** Runs a cycle of a loop, or cancels the one under way; its end is seen in the list. */
export function useLoopCycle(type: LoopType) {
  const bridge = useBridge();
  const refresh = useRefresh();
  const run = useMutation({
    mutationFn: () => callRoute(bridge, 'loop.run', { type }),
    onError: (error) => toErrorData(error).code !== 'CANCELLED' && toastError(error),
    onSettled: refresh,
  });
  const cancel = useMutation({
    mutationFn: () => callRoute(bridge, 'loop.cancel', { type }),
    onError: toastError,
    onSettled: refresh,
  });
  return { run, cancel };
}

/** Takes back what a cycle did. */
export function useRevertAction() {
  const bridge = useBridge();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (what: { readonly cycle: string; readonly action: string }) =>
      callRoute(bridge, 'loop.revert', what),
    onSuccess: () => toastDone('Taken back', 'It is as it was before the loop changed it.'),
    onError: toastError,
    onSettled: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.loops });
}
