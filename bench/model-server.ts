import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed, livePart } from '#main/core/live.ts';
import { openLogger } from '#main/core/logger.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { CallGate } from '#main/providers/gate/call-gate.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import { LiveProviders } from '#main/providers/live-providers.ts';
import { PriceTable } from '#main/providers/prices/price-table.ts';
import { Transport } from '#main/providers/transport/transport.ts';
import { ProviderKeys } from '#main/secrets/provider-keys.ts';
import type { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';
import type { Job } from '#shared/run.ts';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { type SpawnedStandIn, spawnStandIn } from '#test/stand-ins/spawn-stand-in.ts';
import { changing } from '#test/support/changing.ts';

/** A model behind everything that a call of the app passes, whose server is a process of its own. */
export type ModelServer = {
  readonly standIn: SpawnedStandIn;
  readonly gate: CallGate;
  /** Changes how many requests at once the settings allow. */
  readonly setConcurrency: (concurrency: number) => void;
  /** One request whose prompt is the job's id. */
  readonly ask: (job: Pick<Job, 'id' | 'runId' | 'root'>) => Promise<unknown>;
  readonly dispose: () => Promise<void>;
};

/** Widest that the settings allow: the queue before the gate decides how wide a load is. */
const concurrency = 32;
const model = 'gpt-4.1-mini';

/** Gate, retries, the AI SDK and a socket, as in the app; nothing is answered from the cache. */
export async function openModelServer(
  storage: Storage,
  folder: string,
  latencyMs: number,
): Promise<ModelServer> {
  const standIn = await spawnStandIn({ latencyMs });
  const config = changing({
    ...configDefaults,
    async: { ...configDefaults.async, concurrency },
    providers: { ...configDefaults.providers, openaiUrl: standIn.urls.openai },
  });
  const transport = new Transport({});
  const providers = new LiveProviders({
    settings: livePart(config, (all) => all.providers),
    timeoutMs: () => config.current.async.timeoutSecs * 1000,
    keys: new ProviderKeys({
      dataFolder: folder,
      env: { OMEGA_KEYRING: 'off', OPENAI_API_KEY: standInKey },
    }),
    prices: new PriceTable(storage.prices),
    connections: async () => transport.dispatcher,
  });
  const cache = new SqliteResponseCache({
    store: storage.responses,
    settings: fixed(configDefaults.cache),
    clock: systemClock,
    onError: (error) => {
      throw error;
    },
  });
  const record = new CallRecord({
    metrics: createMetrics(),
    clock: systemClock,
    onFigures: () => undefined,
  });
  const log = openLogger(folder);
  const gate = new CallGate({
    providers,
    cache,
    budgets: new RunBudgets(fixed(configDefaults.budget)),
    record,
    config,
    logger: log.logger,
    emit: () => undefined,
  });
  const { signal } = new AbortController();
  return {
    standIn,
    gate,
    setConcurrency: (next) => config.set({ async: { ...config.current.async, concurrency: next } }),
    ask: ({ id, runId, root }) =>
      gate.call(
        {
          provider: 'openai',
          model,
          system: 'You answer in one word.',
          prompt: id,
          images: [],
          temperature: 0,
          maxTokens: 100,
          schema: null,
        },
        { signal, cache: 'off', runId, project: root, fallbacks: [] },
      ),
    dispose: async () => {
      gate.dispose();
      record.dispose();
      await cache.dispose();
      await transport.dispose();
      await standIn.close();
      await log.resource.dispose();
    },
  };
}
