import type { Config } from '#shared/config.ts';
import type { LoopPlan } from '#shared/loop-plan.ts';
import type { RunRequest } from '#shared/run.ts';
import type { MeasuredUsage } from '#shared/usage.ts';

/** What a run is asked for beside its settings. */
export type RequestExtras = {
  /** Whether models are asked anew, whatever is kept of their answers. */
  readonly refresh: boolean;
  readonly usage: MeasuredUsage | null;
};

/**
 * The request of a run over some projects, as the controls of the sidebar stand. What it leaves out
 * counts as it is set at any time, so that batch mode and budget act on a run that is under way.
 */
export function requestOf(
  config: Config,
  roots: readonly string[],
  { refresh, usage }: RequestExtras,
): RunRequest {
  const { async, providers, run } = config;
  return {
    roots: [...roots],
    kinds: run.kinds,
    concurrency: async.concurrency,
    async: async.enabled,
    use: providers.use,
    ensemble: providers.use === 'blueprint' ? 'off' : providers.ensemble,
    cache: refresh ? 'refresh' : 'use',
    ...(usage ? { usage } : {}),
  };
}

/** The request of what a loop planned: its own project, kinds and services, the rest as it is set. */
export function planRequestOf(
  config: Config,
  { root, kinds, services, existing }: LoopPlan,
): RunRequest {
  const request = requestOf(config, [root], { refresh: false, usage: null });
  return { ...request, kinds, services, target: { ...config.target, existing } };
}
