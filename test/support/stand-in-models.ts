import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { livePart } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import type { Models } from '#main/generation/ai/ask-context.ts';
import { CallGate } from '#main/providers/gate/call-gate.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import { Storage } from '#main/storage/storage.ts';
import { type ConfigChange, configDefaults, withChange } from '#shared/config.ts';
import type { BehaviourChange } from '#test/stand-ins/server.ts';
import { changing } from './changing.ts';
import { providersOn } from './live-providers.ts';
import { tempFolder } from './temp-folder.ts';

/** Models behind the real gate and the real providers, whose servers are a stand-in. */
export async function standInModels(behaviour: BehaviourChange = {}, change: ConfigChange = {}) {
  const { standIn, providers } = await providersOn(behaviour);
  const quick: ConfigChange = { 'retryPolicy.initialDelayMs': 2, 'breaker.minimumRps': 50 };
  const config = changing(withChange(configDefaults, { ...quick, ...change }));
  const storage = new Storage(tempFolder(), systemClock);
  const cache = new SqliteResponseCache({
    store: storage.responses,
    settings: livePart(config, (all) => all.cache),
    clock: systemClock,
    onError: () => undefined,
  });
  const record = new CallRecord({
    metrics: createMetrics(),
    clock: systemClock,
    onFigures: () => undefined,
  });
  const budgets = new RunBudgets(livePart(config, (all) => all.budget));
  const logger = pino({ level: 'silent' });
  const emit = (): void => undefined;
  const gate = new CallGate({ providers, cache, budgets, record, config, logger, emit });
  onTestFinished(async () => {
    gate.dispose();
    record.dispose();
    await cache.dispose();
    storage.dispose();
  });
  const models: Models = { gate, modelOf: (id, signal) => providers.modelOf(id, signal) };
  return { standIn, models };
}
