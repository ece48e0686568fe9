import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RouteOutputs } from '#shared/contract.ts';
import type { IntelligenceSpecInput } from '#shared/intelligence.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toErrorData } from '../model/error-advice.ts';
import { tuningErrorTitle } from '../model/tuning-names.ts';
import { type Searched, trialColumns } from '../model/tuning-progress.ts';
import { verdictOf } from '../model/tuning-text.ts';
import { toastDone, toastError, toastNote } from './toasts.ts';

/** How often what was tuned is asked for while somebody looks at a search, in ms: its begin has no event. */
const lookMs = 2_000;
/** Tunings that are shown. */
const shown = 30;

const tuning = ['tune'] as const;

/** The last tunings, the newest first. `watched` keeps them fresh while one goes on. */
export function useIntelligences(watched: boolean) {
  const bridge = useBridge();
  const starting = useIsMutating({ mutationKey: tuning }) > 0;
  return useQuery({
    queryKey: keys.intelligences,
    queryFn: () => callRoute(bridge, 'intelligence.list', { limit: shown }),
    refetchInterval: ({ state }) => {
      const going = starting || state.data?.some((one) => one.state === 'searching');
      return watched && going ? lookMs : false;
    },
  });
}

/** The measurements of a tuning as a chart has them. */
export function useTrials(id: string) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.intelligence(id),
    queryFn: () => callRoute(bridge, 'intelligence.show', { id }),
    select: columnsOf,
  });
}

// One function for all, so that a chart is not given the same columns anew.
const columnsOf = ({ trials }: RouteOutputs['intelligence.show']) => trialColumns(trials);

/** The last that was heard of a search; events bring it. */
export function useSearched(): Searched | null {
  const none = (): Searched | null => null;
  return useQuery({ queryKey: keys.searched, queryFn: none, enabled: false }).data ?? null;
}

/** Looks for better settings; who closed the dialog meanwhile is told of the end by a toast. */
export function useTune() {
  const bridge = useBridge();
  const refresh = useRefresh();
  const seen = useSeen();
  return useMutation({
    mutationKey: tuning,
    mutationFn: (spec: IntelligenceSpecInput) => callRoute(bridge, 'intelligence.create', spec),
    onSuccess: (made) => {
      if (seen()) return;
      const tell = made.isBetter ? toastDone : toastNote;
      tell('Tuning has ended', verdictOf(made)?.text ?? '');
    },
    onError: (error) => {
      const { code, message } = toErrorData(error);
      if (seen() || code === 'CANCELLED') return;
      toastNote(tuningErrorTitle(code) ?? 'Tuning has ended', message);
    },
    onSettled: refresh,
  });
}

/** Tells whether the caller is still on the page. */
function useSeen(): () => boolean {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return () => mounted.current;
}

/** Ends a search under way; its end is seen in the list. */
export function useCancelTuning(id: string) {
  const bridge = useBridge();
  return useMutation({
    mutationFn: () => callRoute(bridge, 'intelligence.cancel', { id }),
    onError: toastError,
    onSettled: useRefresh(),
  });
}

/** Puts what was found in force, or back what was before it; the caller shows what it fails with. */
export function useForce(id: string) {
  const bridge = useBridge();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (act: 'apply' | 'rollback') => callRoute(bridge, `intelligence.${act}`, { id }),
    onSuccess: (_, act) => {
      if (act === 'apply')
        toastDone('In force', 'The settings are written; it can be rolled back.');
      else toastDone('Rolled back', 'The settings are as they were before it.');
    },
    onSettled: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.intelligences });
}
