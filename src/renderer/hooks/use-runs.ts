import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { OmegaError } from '#shared/error.ts';
import type { LoopPlan } from '#shared/loop-plan.ts';
import type { Run } from '#shared/run.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { isActive } from '../model/run-progress.ts';
import { planRequestOf, requestOf } from '../model/run-request.ts';
import { targetsOf } from '../model/workbench.ts';
import { toastDone, toastError } from './toasts.ts';
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

/** The id of the run on screen: the one that was chosen, otherwise the latest; null without any. */
export function useCurrentRunId(): string | null {
  const { state } = useWorkbench();
  const runs = useRuns();
  return state.runId ?? runs.data?.[0]?.id ?? null;
}

/** The run on screen. Events keep it live: who asks for it is drawn again with each of them. */
export function useCurrentRun() {
  const id = useCurrentRunId();
  const runs = useRuns();
  const run = useRun(id, wholeRun);
  return { id, run, none: id === null && !runs.isPending, listError: runs.error };
}

/** The id of the run that is going on, if there is one. */
export function useActiveRunId(): string | null {
  const id = useCurrentRunId();
  const runs = useRuns();
  const { data: active } = useRun(id, isActive);
  if (active) return id;
  return runs.data?.find((one) => isActive(one) && one.id !== id)?.id ?? null;
}

/** A run, or of it what `select` tells: its caller is drawn again only where that is another. */
function useRun<Told>(id: string | null, select: (run: Run) => Told) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.run(id ?? ''),
    queryFn: () => callRoute(bridge, 'run.get', { id: id ?? '' }),
    enabled: id !== null,
    select,
  });
}

const wholeRun = (run: Run): Run => run;

/** Starts a run over the ticked projects with the settings of the sidebar, and shows it. */
export function useGenerate() {
  const bridge = useBridge();
  const config = useConfig();
  const show = useShowRun();
  const { state, dispatch } = useWorkbench();
  const roots = targetsOf(state);
  const start = useMutation({
    mutationFn: () => {
      if (!config) throw new OmegaError('NOT_AVAILABLE', 'The settings are not there yet; wait.');
      return callRoute(
        bridge,
        'run.start',
        requestOf(config, roots, { refresh: state.refreshNext, usage: state.usage }),
      );
    },
    onSuccess: (run) => {
      dispatch({ type: 'refresh-next', on: false });
      show(run);
    },
    onError: toastError,
  });
  return { start, roots, kinds: config?.run.kinds ?? [], ready: config !== undefined };
}

/** Starts what a loop planned, and shows the run on the page behind. */
export function useStartPlan() {
  const bridge = useBridge();
  const config = useConfig();
  const show = useShowRun();
  const start = useMutation({
    mutationFn: (plan: LoopPlan) => {
      if (!config) throw new OmegaError('NOT_AVAILABLE', 'The settings are not there yet; wait.');
      return callRoute(bridge, 'run.start', planRequestOf(config, plan));
    },
    onSuccess: (run) => {
      show(run);
      toastDone('Started', 'The run of this plan is on the page; decide there on its files.');
    },
    onError: toastError,
  });
  return { start, ready: config !== undefined };
}

function useShowRun() {
  const client = useQueryClient();
  const { dispatch } = useWorkbench();
  return (run: Run) => {
    client.setQueryData(keys.run(run.id), run);
    dispatch({ type: 'run', id: run.id, tab: 'run' });
    // Events may have come before the answer did; the store knows what they said.
    void client.invalidateQueries({ queryKey: keys.run(run.id) });
    void client.invalidateQueries({ queryKey: keys.runs });
  };
}

/** Cancels, pauses or resumes a run; a new budget goes along with the last. */
export function useRunControl() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: RunControl) => {
      if (input.act === 'cancel') return callRoute(bridge, 'run.cancel', { id: input.id });
      if (input.act === 'pause') return callRoute(bridge, 'run.pause', { id: input.id });
      const { act: _, ...resume } = input;
      return callRoute(bridge, 'run.resume', resume);
    },
    onSuccess: (run) => {
      client.setQueryData(keys.run(run.id), run);
      void client.invalidateQueries({ queryKey: keys.runs });
    },
    onError: toastError,
  });
}

type RunControl =
  | { readonly act: 'cancel' | 'pause'; readonly id: string }
  | { readonly act: 'resume'; readonly id: string; readonly budgetUsd?: number };
