import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { isActive } from '../model/run-progress.ts';
import { targetsOf } from '../model/workbench.ts';
import { toastError } from './toasts.ts';
import { useConfig } from './use-config.ts';
import { useWorkbench } from './workbench-provider.tsx';

/** The latest runs, newest first. */
export function useRuns() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.runs,
    queryFn: () => callRoute(bridge, 'run.list', { limit: 20 }),
  });
}

/** The run on screen: the one that was chosen, otherwise the latest. Events keep it live. */
export function useCurrentRun() {
  const bridge = useBridge();
  const { state } = useWorkbench();
  const runs = useRuns();
  const id = state.runId ?? runs.data?.[0]?.id ?? null;
  const run = useQuery({
    queryKey: keys.run(id ?? ''),
    queryFn: () => callRoute(bridge, 'run.get', { id: id ?? '' }),
    enabled: id !== null,
  });
  return { id, run, none: id === null && !runs.isPending, listError: runs.error };
}

/** The run that is going on, if there is one. */
export function useActiveRun() {
  const { run } = useCurrentRun();
  const runs = useRuns();
  if (run.data && isActive(run.data)) return run.data;
  return runs.data?.find((one) => isActive(one) && one.id !== run.data?.id);
}

/** Starts a run over the ticked projects with the settings of the sidebar, and shows it. */
export function useGenerate() {
  const bridge = useBridge();
  const client = useQueryClient();
  const config = useConfig();
  const { state, dispatch } = useWorkbench();
  const roots = targetsOf(state);
  const start = useMutation({
    mutationFn: () => {
      const { run, async } = config ?? {};
      return callRoute(bridge, 'run.start', {
        roots: [...roots],
        kinds: run?.kinds ?? [],
        ...(async ? { concurrency: async.concurrency, async: async.enabled } : {}),
      });
    },
    onSuccess: (run) => {
      client.setQueryData(keys.run(run.id), run);
      dispatch({ type: 'run', id: run.id, tab: 'run' });
      // Events may have come before the answer did; the store knows what they said.
      void client.invalidateQueries({ queryKey: keys.run(run.id) });
      void client.invalidateQueries({ queryKey: keys.runs });
    },
    onError: toastError,
  });
  return { start, roots, kinds: config?.run.kinds ?? [], ready: config !== undefined };
}

/** Cancels a run. */
export function useCancelRun() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callRoute(bridge, 'run.cancel', { id }),
    onSuccess: (run) => {
      client.setQueryData(keys.run(run.id), run);
      void client.invalidateQueries({ queryKey: keys.runs });
    },
    onError: toastError,
  });
}
