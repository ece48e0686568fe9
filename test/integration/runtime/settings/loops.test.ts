import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { Loop } from '#main/loops/engine/loop.ts';
import type { ConfigChange, ConfigKey } from '#shared/config.ts';
import type { LoopType } from '#shared/loops.ts';
import { evolves } from '#test/support/evolves.ts';
import { found, giveLoops, loopOf } from '#test/support/loops.ts';
import { openEvolution } from '#test/support/open-evolution.ts';
import { codeOf, openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

type Key = Extract<ConfigKey, `loops.${string}`>;

async function open(settings: ConfigChange, ...loops: Loop[]) {
  const opened = await openOmega({ 'healthMonitor.enabled': false, ...settings });
  giveLoops(opened.runtime, loops);
  const { api, runtime } = opened;
  const stateOf = async (type: LoopType) =>
    (await api.listLoops()).find(({ loop }) => loop === type)?.state;
  const cycles = async (type: LoopType) => (await api.loopHistory(type, 200)).length;
  return { ...opened, stateOf, cycles, loops: runtime.parts.loops };
}

/** A loop that is off does nothing of what happens, and says so; on demand it runs all the same. */
async function switches(type: LoopType, key: Key) {
  const { api, loops, set, stateOf, cycles } = await open({ [key]: false }, loopOf(type));
  expect(await stateOf(type)).toBe('off');
  expect(await loops.tell(type, { data: {}, context: '', objectives: [] })).toBeNull();
  expect(await cycles(type)).toBe(0);
  await api.executeLoopCycle(type);
  expect(await cycles(type)).toBe(1);
  set({ [key]: true });
  expect(await stateOf(type)).toBe('ready');
  const told = await loops.tell(type, { data: {}, context: 'a job failed', objectives: [] });
  expect(told).toMatchObject({ state: 'succeeded', trigger: 'event' });
}

/** A loop runs as often as is asked for, from the change on. */
async function repeats(type: LoopType, key: Key) {
  const slow = { 'loops.slowOnWeakMachines': true } as const;
  const { set, cycles } = await open({ ...slow, [key]: 3_600 }, loopOf(type));
  await wait(100);
  expect(await cycles(type)).toBe(0);
  set({ [key]: 0.05 });
  await vi.waitFor(async () => expect(await cycles(type)).toBeGreaterThan(1));
}

proveSettings('loops', {
  enableReflexive: () => switches('reflexive', 'loops.enableReflexive'),
  enableReactive: () => switches('reactive', 'loops.enableReactive'),
  enableAdaptive: () => switches('adaptive', 'loops.enableAdaptive'),
  enableDeliberative: () => switches('deliberative', 'loops.enableDeliberative'),
  enableEvolutionary: () => switches('evolutionary', 'loops.enableEvolutionary'),
  enableTransformative: () => switches('transformative', 'loops.enableTransformative'),
  enableTranscendent: () => switches('transcendent', 'loops.enableTranscendent'),
  adaptiveSecs: () => repeats('adaptive', 'loops.adaptiveSecs'),
  deliberativeSecs: () => repeats('deliberative', 'loops.deliberativeSecs'),
  evolutionarySecs: () => repeats('evolutionary', 'loops.evolutionarySecs'),
  transformativeSecs: () => repeats('transformative', 'loops.transformativeSecs'),
  transcendentSecs: () => repeats('transcendent', 'loops.transcendentSecs'),
  slowOnWeakMachines: async () => {
    const weak = { 'loops.littleMemoryMb': 1_000_000, 'loops.evolutionarySecs': 0.05 } as const;
    const { api, set, stateOf, cycles } = await open(weak, loopOf('evolutionary'));
    await wait(200);
    expect([await stateOf('evolutionary'), await cycles('evolutionary')]).toEqual(['off', 0]);
    const reasons = (await api.listLoops()).map(({ reason }) => reason ?? '');
    expect(reasons[4]).toMatch(/(battery|MB of memory).*loops\.slowOnWeakMachines/);
    set({ 'loops.slowOnWeakMachines': true });
    await vi.waitFor(async () => expect(await cycles('evolutionary')).toBeGreaterThan(0));
  },
  littleMemoryMb: async ({ skip }) => {
    const { api, set } = await open({ 'loops.littleMemoryMb': 1_000_000 }, loopOf('transcendent'));
    const reason = async () => (await api.listLoops())[6]?.reason ?? '';
    skip((await reason()).includes('battery'), 'This machine is weak whatever its memory.');
    expect(await reason()).toContain('less than 1,000,000');
    set({ 'loops.littleMemoryMb': 0 });
    expect(await reason()).toBe('');
  },
  yieldSecs: async () => {
    const { api, runtime, set, cycles } = await open({ 'loops.deliberativeSecs': 0.05 });
    giveLoops(runtime, [loopOf('deliberative'), loopOf('adaptive')], () => 'a run is under way');
    const held = { state: 'held', reason: 'It waits, as a run is under way.' };
    await vi.waitFor(async () => expect((await api.listLoops())[3]).toMatchObject(held));
    expect(await cycles('deliberative')).toBe(0);
    // Long waiting ends: a machine that is never idle has its loops too.
    set({ 'loops.yieldSecs': 0.01 });
    await vi.waitFor(async () => expect(await cycles('deliberative')).toBeGreaterThan(0), 8_000);
  },
  deadlineSecs: async () => {
    const slow = loopOf('adaptive', async (_, { signal }) => {
      await wait(300, undefined, { signal });
      return found();
    });
    const { api, set } = await open({ 'loops.deadlineSecs': 0.05 }, slow);
    expect(await codeOf(api.executeLoopCycle('adaptive'))).toBe('TIMEOUT');
    set({ 'loops.deadlineSecs': 60 });
    expect(await codeOf(api.executeLoopCycle('adaptive'))).toBe('ok');
  },
  evolutionBudgetUsd: async () => {
    const { call, evolve, asked } = await openEvolution();
    expect((await evolve()).insights[0]).toContain('cost money');
    expect(asked()).toBe(0);
    await call('config.set', { 'loops.evolutionBudgetUsd': 50 });
    const going = codeOf(evolve());
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(0), 30_000);
    await call('loop.cancel', { type: 'evolutionary' });
    expect(await going).toBe('CANCELLED');
  },
  applyBetterStrategies: () => evolves(),
  keepCycles: async () => {
    const { api, set, cycles } = await open({ 'loops.keepCycles': 2 }, loopOf('adaptive'));
    for (let at = 0; at < 4; at++) await api.executeLoopCycle('adaptive');
    expect(await cycles('adaptive')).toBe(2);
    set({ 'loops.keepCycles': 3 });
    for (let at = 0; at < 4; at++) await api.executeLoopCycle('adaptive');
    expect(await cycles('adaptive')).toBe(3);
  },
});
