import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { openLogger } from '#main/core/logger.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { CallGate } from '#main/providers/gate/call-gate.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import type { ModelRequest, Provider, Providers } from '#main/providers/provider.ts';
import { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';
import { bareCache } from './cache-bare.ts';

/** Answers are of the size of a Dockerfile with its neighbours. */
export const answer = {
  text: 'RUN apk add --no-cache curl\n'.repeat(75),
  finish: 'stop',
  inputTokens: 1_000,
  outputTokens: 500,
};

/** The gate and its cache over an in-process provider, one cache more without memory, and the bare one. */
export function cacheApp() {
  const folder = mkdtempSync(join(tmpdir(), 'omega-bench-'));
  const storage = new Storage(folder, systemClock);
  const open = (memoryMb: number) =>
    new SqliteResponseCache({
      store: storage.responses,
      settings: fixed({ ...configDefaults.cache, memoryMb }),
      clock: systemClock,
      onError: (error) => {
        throw error;
      },
    });
  const cache = open(configDefaults.cache.memoryMb);
  const disk = open(0);
  const counting = countingProvider();
  const record = new CallRecord({
    metrics: createMetrics(),
    clock: systemClock,
    onFigures: () => undefined,
  });
  const log = openLogger(folder);
  const gate = new CallGate({
    providers: counting.providers,
    cache,
    budgets: new RunBudgets(fixed(configDefaults.budget)),
    record,
    config: fixed(configDefaults),
    logger: log.logger,
    emit: () => undefined,
  });
  const bare = bareCache(folder);
  return {
    cache,
    disk,
    gate,
    bare,
    calls: counting.calls,
    dispose: async () => {
      gate.dispose();
      record.dispose();
      await cache.dispose();
      await disk.dispose();
      storage.dispose();
      bare.dispose();
      await log.resource.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A request of about 4 KiB, another for each number. */
export function requestOf(number: number): ModelRequest {
  return {
    provider: 'ollama',
    model: 'qwen3-coder:30b',
    system: 'You write infrastructure files.',
    prompt: `${number} ${'FROM node:24-alpine AS build\n'.repeat(140)}`.slice(0, 4_000),
    images: [],
    temperature: 0.2,
    maxTokens: 8_000,
    schema: null,
  };
}

function countingProvider() {
  let count = 0;
  const provider: Provider = {
    id: 'ollama',
    call: async () => {
      count += 1;
      await new Promise((next) => setTimeout(next, 20));
      const { text, inputTokens, outputTokens } = answer;
      return { text, finish: 'stop', usage: { inputTokens, outputTokens } };
    },
    models: async () => [],
  };
  const providers: Providers = {
    get: () => provider,
    modelOf: async () => 'qwen3-coder:30b',
    costOf: () => 0,
  };
  return { providers, calls: () => count };
}
