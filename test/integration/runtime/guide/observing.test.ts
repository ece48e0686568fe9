import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import type { RuntimeHealth } from '#shared/runtime.ts';
import { openOmega } from '#test/support/open-omega.ts';
import { withoutTable } from '#test/support/sabotage.ts';

const quick = {
  'healthMonitor.checkIntervalSecs': 0.05,
  'healthMonitor.failureThreshold': 2,
  'retryPolicy.maxRetries': 0,
} satisfies ConfigChange;

const open = () => openOmega(quick);

const statusOf = (health: RuntimeHealth, name: string) =>
  health.subsystems.find((one) => one.name === name);

/** The guide's health, metrics, events, and its loop that watches the health. */
describe('health', () => {
  it('is what trials found: a part that fails is degraded, then unhealthy, then well again', async () => {
    const { api, dataFolder } = await open();
    const health = (name: string) => statusOf(api.getRuntimeHealth(), name);
    await vi.waitFor(() => expect(health('memory')?.status).toBe('healthy'));
    const mend = withoutTable(dataFolder, 'memories');
    await vi.waitFor(() => expect(health('memory')?.status).toBe('unhealthy'));
    expect(api.getRuntimeHealth().state).toBe('degraded');
    expect(health('memory')).toMatchObject({ reason: expect.stringContaining('memories') });
    expect(health('memory')?.errorCount).toBeGreaterThanOrEqual(2);
    // What does not need it goes on.
    expect(health('storage')?.status).toBe('healthy');
    mend();
    await vi.waitFor(() => expect(health('memory')?.status).toBe('healthy'));
    // Told at the end of the round, in which other parts are tried after this one.
    await vi.waitFor(() => expect(api.getRuntimeHealth().state).toBe('running'));
  });

  it('counts the time that it is up, by the clock', async () => {
    let now = 1_700_000_000_000;
    const clock = { now: () => now, id: () => crypto.randomUUID() };
    const { api } = await openOmega({}, { clock });
    now += 90_000;
    const health = api.getRuntimeHealth();
    expect(health.uptimeSeconds).toBe(90);
    expect(health.subsystems.map(({ uptimeSeconds }) => uptimeSeconds)).toContain(90);
  });

  it('can be watched in a loop, which sees a degraded runtime and which part it is', async () => {
    const { api, dataFolder } = await open();
    const seen = new Set<string>();
    const watching = new AbortController();
    const monitor = async () => {
      while (!watching.signal.aborted) {
        const { state, subsystems } = api.getRuntimeHealth();
        const ill = subsystems.filter(({ status }) => status === 'unhealthy');
        seen.add([state, ...ill.map(({ name }) => name)].join(' '));
        await wait(10, undefined, { signal: watching.signal }).catch(() => undefined);
      }
    };
    const loop = monitor();
    await vi.waitFor(() => expect(seen).toContain('running'));
    const mend = withoutTable(dataFolder, 'memories');
    await vi.waitFor(() => expect(seen).toContain('degraded memory'));
    mend();
    seen.clear();
    await vi.waitFor(() => expect(seen).toContain('running'));
    watching.abort();
    await loop;
  });
});

describe('metrics', () => {
  it('count what was done, apart from what failed, and how long it took', async () => {
    const { api } = await open();
    for (let at = 0; at < 5; at += 1) await api.storeMemory({ text: `note ${at}` });
    for (let at = 0; at < 3; at += 1) await api.queryMemories({ text: 'note' });
    await api.searchVectors({ vector: [1, 0] });
    await api.storeMemory({ text: '' }).catch(() => undefined);
    await expect(api.executeLoopCycle('adaptive', {})).rejects.toMatchObject({
      code: 'NOT_AVAILABLE',
    });
    const metrics = api.getMetrics();
    expect(metrics).toMatchObject({
      memoryStores: 5,
      memoryQueries: 3,
      vectorSearches: 1,
      loopCycles: 0,
      avgCycleTimeMs: null,
    });
    expect(metrics.operations.storeMemory).toMatchObject({ calls: 6, failures: 1 });
    // A time that was measured: the reference had none at all.
    expect(metrics.avgQueryLatencyMs).toBeGreaterThan(0);
    const { p50Ms, p99Ms } = metrics.operations.queryMemories ?? {};
    expect(p99Ms).toBeGreaterThanOrEqual(p50Ms ?? Number.NaN);
  });

  it('agree with what the caller measures around a query', async () => {
    const { api } = await open();
    const times: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const began = performance.now();
      await api.queryMemories({ text: 'anything' });
      times.push(performance.now() - began);
    }
    const { averageMs } = api.getMetrics().operations.queryMemories ?? {};
    const outside = times.reduce((sum, ms) => sum + ms) / times.length;
    expect(averageMs).toBeLessThanOrEqual(outside);
    expect(averageMs).toBeGreaterThan(0);
  });
});

describe('events', () => {
  it('come to a subscriber that matches on their kind, with the id of what was stored', async () => {
    const { api, runtime, dataFolder } = await open();
    const told: string[] = [];
    const leaving = new AbortController();
    const reading = (async () => {
      for await (const { event } of api.subscribeEvents({ signal: leaving.signal })) {
        if (event.type === 'memory.stored') told.push(`stored ${event.tier} ${event.id}`);
        if (event.type === 'health.check.failed') told.push(`failed ${event.subsystem}`);
      }
    })();
    const { id } = await api.storeMemory({ tier: 'semantic', text: 'Something' });
    await vi.waitFor(() => expect(told).toEqual([`stored semantic ${id}`]));
    const mend = withoutTable(dataFolder, 'memories');
    await vi.waitFor(() => expect(told).toContain('failed memory'));
    mend();
    leaving.abort();
    await reading;
    await runtime.stop();
  });

  it('a subscriber that reads the runtime, or throws, harms neither it nor others', async () => {
    // Handlers of the reference ran under its lock: one that looked at the history hung for ever.
    const { api, runtime } = await open();
    const seen: (string | undefined)[] = [];
    runtime.bus.listen(() => {
      throw new Error('a bad listener');
    });
    runtime.bus.listen(() => seen.push(runtime.bus.replay().at(-1)?.event.type));
    const { id } = await api.storeMemory({ text: 'Something' });
    expect(seen).toContain('memory.stored');
    expect((await api.getMemory(id))?.text).toBe('Something');
  });
});
