import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { livePart } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { CallGate } from '#main/providers/gate/call-gate.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import type { GateOptions } from '#main/providers/model-gate.ts';
import type { ModelRequest, Providers } from '#main/providers/provider.ts';
import { Storage } from '#main/storage/storage.ts';
import type { CallFigures } from '#shared/calls.ts';
import { type ConfigChange, configDefaults, withChange } from '#shared/config.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { changing } from './changing.ts';
import { type ScriptedProvider, scripted } from './scripted-provider.ts';
import { tempFolder } from './temp-folder.ts';

/** Settings under which a test does not wait long. */
const quick: ConfigChange = {
  'retryPolicy.initialDelayMs': 2,
  'retryPolicy.maxDelayMs': 500,
  'breaker.minimumRps': 1,
};

/** A gate over providers of the test's own, in this process. */
export function openGate(providers: readonly ScriptedProvider[], change: ConfigChange = {}) {
  return openGateTo(scripted(...providers), change);
}

/** A gate to providers, with a real cache, whose settings the test changes. */
export function openGateTo(providers: Providers, change: ConfigChange = {}) {
  const config = changing(withChange(configDefaults, { ...quick, ...change }));
  const set = (next: ConfigChange): void => config.set(withChange(config.current, next));
  const storage = new Storage(tempFolder(), systemClock);
  const cache = new SqliteResponseCache({
    store: storage.responses,
    settings: livePart(config, (all) => all.cache),
    clock: systemClock,
    onError: (error) => errors.push(error),
  });
  const errors: unknown[] = [];
  const figures: { readonly at: number; readonly figures: CallFigures }[] = [];
  const metrics = createMetrics();
  const record = new CallRecord({
    metrics,
    clock: systemClock,
    onFigures: (one) => figures.push({ at: performance.now(), figures: one }),
  });
  const budgets = new RunBudgets(livePart(config, (all) => all.budget));
  const events: RuntimeEvent[] = [];
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => lines.push(line) });
  const gate = new CallGate({
    providers,
    cache,
    budgets,
    record,
    config,
    logger,
    emit: (event) => events.push(event),
  });
  onTestFinished(async () => {
    gate.dispose();
    record.dispose();
    await cache.dispose();
    storage.dispose();
  });
  const ask = (
    prompt: string,
    options: Partial<GateOptions> = {},
    change?: Partial<ModelRequest>,
  ) => gate.call({ ...request(prompt), ...change }, { ...plain(), ...options });
  return {
    gate,
    ask,
    set,
    config,
    cache,
    storage,
    record,
    budgets,
    events,
    lines,
    errors,
    figures,
    metrics,
  };
}

/** A request to Ollama. */
export function request(prompt: string): ModelRequest {
  return {
    provider: 'ollama',
    model: 'ollama-model',
    system: 'You write files.',
    prompt,
    images: [],
    temperature: 0.2,
    maxTokens: 100,
    schema: null,
  };
}

/** A call for nobody in particular, that may be answered from the cache. */
export function plain(): GateOptions {
  return {
    signal: new AbortController().signal,
    cache: 'use',
    runId: null,
    project: '/shop',
    fallbacks: [],
  };
}
