import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { olderLogs } from '#main/core/log/log-file.ts';
import type { GenerationPorts } from '#main/generation/ports.ts';
import { learningApi, swap } from '#test/support/learning-api.ts';
import { logLines } from '#test/support/log-lines.ts';
import { nodeProject } from '#test/support/node-project.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { proveSettings } from '#test/support/prove-settings.ts';
import { smallPorts } from '#test/support/small-ports.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Ports whose files are valid when the gate opens, and which note how many there are with each. */
function gatedPorts() {
  const gate = Promise.withResolvers<void>();
  const seen = { active: 0, atOnce: [] as number[] };
  const ports: GenerationPorts = {
    ...smallPorts,
    async validate(file, signal) {
      seen.active += 1;
      seen.atOnce.push(seen.active);
      try {
        await gate.promise;
        await wait(5, undefined, { signal });
        return await smallPorts.validate(file, signal);
      } finally {
        seen.active -= 1;
      }
    },
  };
  return { ports, seen, open: gate.resolve };
}

/** A run that is under way, with so many jobs at its gate. */
async function underWay(concurrency: number) {
  const { ports, seen, open } = gatedPorts();
  const opened = await openApi({ ports, env: {} });
  const request = { roots: [project(...names)], kinds: ['dockerfile' as const], concurrency };
  const { id } = await opened.call('run.start', request);
  await expect.poll(() => seen.active).toBe(concurrency);
  return { ...opened, seen, open, ended: () => opened.ended(id) };
}

async function logged() {
  const opened = await openApi({ env: { OMEGA_LOG_LEVEL: 'debug' } });
  const calls = async (count: number) => {
    for (let at = 0; at < count; at += 1) await opened.call('app.info', {});
  };
  return { ...opened, calls, older: () => olderLogs(opened.dataFolder).length };
}

proveSettings('async', {
  enabled: async () => {
    const on = await underWay(1);
    await on.call('config.set', { 'async.enabled': false });
    await on.call('config.set', { 'async.enabled': true, 'async.concurrency': 4 });
    await expect.poll(() => on.seen.active).toBe(4);
    // Those that began go on; none comes beside another any more.
    await on.call('config.set', { 'async.enabled': false });
    on.open();
    await on.ended();
    expect(on.seen.atOnce).toEqual([1, 2, 3, 4, 1, 1, 1, 1]);
  },
  concurrency: async () => {
    const { call, seen, open, ended } = await underWay(2);
    await call('config.set', { 'async.concurrency': 6 });
    await expect.poll(() => seen.active).toBe(6);
    open();
    await ended();
    expect(Math.max(...seen.atOnce)).toBe(6);
  },
  timeoutSecs: async () => {
    const { ports } = gatedPorts();
    const { call, runToEnd } = await openApi({ ports, env: {} });
    const request = { roots: [project('a')], kinds: ['dockerfile' as const] };
    const job = async () => (await runToEnd(request)).jobs[0];
    await call('config.set', { 'async.timeoutSecs': 0.1 });
    expect((await job())?.error).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('100 ms'),
    });
    await call('config.set', { 'async.timeoutSecs': 0.3 });
    expect((await job())?.error?.message).toContain('300 ms');
  },
});

proveSettings('log', {
  level: async () => {
    const { call, dataFolder } = await openApi({ env: {} });
    await call('app.info', {});
    expect(logLines(dataFolder)).toEqual([]);
    await call('config.set', { 'log.level': 'debug' });
    await call('app.info', {});
    expect(logLines(dataFolder).map(({ msg }) => msg)).toContain('app.info answered');
    await call('config.set', { 'log.level': 'error' });
    const before = logLines(dataFolder).length;
    await call('app.info', {});
    expect(logLines(dataFolder)).toHaveLength(before);
  },
  maxMb: async () => {
    const { call, calls, older } = await logged();
    await calls(150);
    expect(older()).toBe(0);
    await call('config.set', { 'log.maxMb': 0.01 });
    await calls(150);
    expect(older()).toBeGreaterThan(0);
  },
  keep: async () => {
    const { call, calls, older } = await logged();
    await call('config.set', { 'log.maxMb': 0.01, 'log.keep': 2 });
    await calls(600);
    expect(older()).toBe(2);
    await call('config.set', { 'log.keep': 1 });
    await calls(150);
    expect(older()).toBe(1);
  },
});

proveSettings('learning', {
  enabled: async () => {
    const { teach, first, call, stored } = await learningApi({ env: {} });
    const timeZone = swap('ENV NODE_ENV=production\n', 'ENV NODE_ENV=production\nENV TZ=UTC\n');
    await teach(nodeProject('orders'), timeZone);
    const next = async () => (await first(nodeProject('billing'))).content;
    expect(await next()).toContain('TZ=UTC');
    await call('config.set', { 'learning.enabled': false });
    expect(await next()).not.toContain('TZ=UTC');
    await teach(nodeProject('carts'), swap('--retries=3', '--retries=9'));
    expect(stored.all('edit')).toHaveLength(1);
    await call('config.set', { 'learning.enabled': true });
    expect(await next()).toContain('TZ=UTC');
  },
  policies: async () => {
    const { teach, first, call } = await learningApi({ env: {} });
    const timeZone = swap('ENV NODE_ENV=production\n', 'ENV NODE_ENV=production\nENV TZ=UTC\n');
    await teach(nodeProject('orders'), timeZone);
    await teach(nodeProject('feeds', { framework: 'koa' }), timeZone);
    await teach(nodeProject('carts', { manager: 'yarn' }), timeZone);
    await call('loop.run', { type: 'transformative' });
    const unlike = nodeProject('mails', { framework: 'koa', manager: 'yarn' });
    const next = async () => (await first(unlike)).content;
    expect(await next()).toContain('TZ=UTC');
    await call('config.set', { 'learning.policies': false });
    expect(await next()).not.toContain('TZ=UTC');
    await call('config.set', { 'learning.policies': true });
    expect(await next()).toContain('TZ=UTC');
  },
});
