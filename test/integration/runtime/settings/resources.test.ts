import { expect, onTestFinished, vi } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import { codeOf, hanging, openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

const none = {
  'healthMonitor.enabled': false,
  'resources.maxRssMb': 0,
  'resources.maxHeapShare': 0,
  'resources.minFreeDiskMb': 0,
  'resources.maxWaitingCalls': 0,
} satisfies ConfigChange;

/** Two limits on memory differ only in what they measure. */
async function emptiesCaches(over: ConfigChange, says: string) {
  const { runtime, set, events } = await openOmega(none);
  const shrink = vi.spyOn(runtime.parts.agentdb, 'shrink');
  await runtime.check();
  expect([runtime.board.isWhole, shrink.mock.calls.length]).toEqual([true, 0]);
  set(over);
  await runtime.check();
  expect(runtime.board.find('machine', 'low-memory')?.reason).toContain(says);
  expect(shrink).toHaveBeenCalled();
  expect(runtime.state).toBe('degraded');
  // It is told once, however many rounds it lasts.
  await runtime.check();
  set(none);
  await runtime.check();
  expect(runtime.state).toBe('running');
  const told = events.filter(({ type }) => type.startsWith('degradation.'));
  expect(told.map(({ type }) => type)).toEqual(['degradation.entered', 'degradation.left']);
}

proveSettings('resources', {
  maxRssMb: () => emptiesCaches({ 'resources.maxRssMb': 1 }, 'MB'),
  maxHeapShare: () => emptiesCaches({ 'resources.maxHeapShare': 0.000_1 }, 'of the heap'),
  minFreeDiskMb: async () => {
    const { runtime, api, set } = await openOmega(none);
    await runtime.check();
    expect(await codeOf(api.storeMemory({ text: 'A text.' }))).toBe('ok');
    set({ 'resources.minFreeDiskMb': 1_000_000 });
    await runtime.check();
    expect(await codeOf(api.storeMemory({ text: 'A text.' }))).toBe('SUBSYSTEM_DEGRADED');
    expect(await codeOf(api.createSkill({ name: 'x', description: 'y' }))).toBe(
      'SUBSYSTEM_DEGRADED',
    );
    expect(await codeOf(api.queryMemories({}))).toBe('ok');
  },
  maxWaitingCalls: async () => {
    const one = { ...none, 'pools.calls': 1, 'pools.queue': 10 } as const;
    const { runtime, api, set } = await openOmega(one, { acceleration: hanging() });
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    // One more than may run and one that may wait.
    for (let at = 0; at < 3; at += 1) {
      void codeOf(api.storeMemory({ text: 'A text.' }, leaving.signal));
    }
    await runtime.check();
    expect(runtime.health().resources.waitingCalls).toBe(2);
    expect(runtime.board.find('machine', 'overloaded')).toBeNull();
    set({ 'resources.maxWaitingCalls': 1 });
    await runtime.check();
    expect(runtime.board.find('machine', 'overloaded')?.reason).toContain('2 calls wait');
    set({ 'resources.maxWaitingCalls': 2 });
    await runtime.check();
    expect(runtime.board.find('machine', 'overloaded')).toBeNull();
  },
});
