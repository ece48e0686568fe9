import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { openApi } from '#test/support/open-api.ts';
import { watchedCompute } from '#test/support/watched-compute.ts';

const ended = ['done', 'failed', 'skipped'];

describe.skipIf(!hasModel)(needsModel, () => {
  test('the app opens its sessions by itself, once a page is there, and tells it', {
    timeout: 60_000,
  }, async () => {
    const { spawn, processes } = watchedCompute(computeEntry);
    const { events, call } = await openApi({ door: 'web', acceleration: { spawn, modelsFolder } });
    // With the first call of a page, so that its start is not slowed down.
    await call('app.info', {});
    const told = () => events.filter((event) => event.type === 'warmup.progress');
    await expect
      .poll(() => told().at(-1)?.state ?? '', { timeout: 50_000 })
      .toSatisfy((state: string) => ended.includes(state));
    const { step, done, total, state, reason } = await call('warmup.get', {});
    expect({ step, done, total, state, reason }).toEqual({
      step: null,
      done: 4,
      total: 4,
      state: 'done',
      reason: null,
    });
    expect(told().map((event) => event.step)).toEqual([
      'worker thread',
      'device',
      'embedding model',
      'vector index',
      null,
    ]);
    expect(processes.at(-1)?.gone).toBe(false);
  });
});

test('a model that is missing is said, with what to do', { timeout: 60_000 }, async () => {
  const { spawn } = watchedCompute(computeEntry);
  const acceleration = { spawn, modelsFolder: import.meta.dirname };
  const { call } = await openApi({ door: 'desktop', acceleration });
  await expect
    .poll(async () => (await call('warmup.get', {})).state, { timeout: 50_000 })
    .toBe('failed');
  expect((await call('warmup.get', {})).reason).toContain('node scripts/setup.mjs');
});

test('a command starts none', async () => {
  const { spawn, processes } = watchedCompute(computeEntry);
  const { events, call } = await openApi({ door: 'cli', acceleration: { spawn, modelsFolder } });
  await call('app.info', {});
  await sleep(2500);
  expect(processes).toHaveLength(0);
  expect(events.filter(({ type }) => type === 'warmup.progress')).toEqual([]);
  expect(await call('warmup.get', {})).toMatchObject({ state: 'waiting' });
});
