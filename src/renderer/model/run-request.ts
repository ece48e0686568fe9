import type { Config } from '#shared/config.ts';
import type { RunRequest } from '#shared/run.ts';

/** The request of a run over some projects, as the controls of the sidebar stand. */
export function requestOf(config: Config, roots: readonly string[], refresh: boolean): RunRequest {
  const { async, batch, providers, run } = config;
  return {
    roots: [...roots],
    kinds: run.kinds,
    concurrency: async.concurrency,
    async: async.enabled,
    batchSize: batch.enabled ? batch.size : 1,
    use: providers.use,
    ensemble: providers.use === 'blueprint' ? 'off' : providers.ensemble,
    cache: refresh ? 'refresh' : 'use',
  };
}
