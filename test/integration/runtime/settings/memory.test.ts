import { expect, vi } from 'vitest';
import type { ConfigChange, ConfigKey } from '#shared/config.ts';
import type { MemoryTier } from '#shared/memory.ts';
import { heldClock } from '#test/support/memories.ts';
import { openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

type Key<Suffix extends string> = Extract<ConfigKey, `memory.${string}${Suffix}`>;

async function open(settings: ConfigChange = {}) {
  const clock = heldClock();
  const quiet = { 'healthMonitor.enabled': false, 'memory.autoConsolidate': false } as const;
  return { clock, ...(await openOmega({ ...quiet, ...settings }, { clock })) };
}

/** A memory is out of reach once its tier's time is over, not before; at 0 it is there for ever. */
async function keepsFor(tier: MemoryTier, key: Key<'RetentionSecs'>) {
  const { api, clock, set } = await open({ [key]: 100 });
  const { id } = await api.storeMemory({ tier, text: 'Something' });
  const isThere = async () => (await api.getMemory(id)) !== null;
  clock.time += 99_000;
  expect(await isThere()).toBe(true);
  clock.time += 2_000;
  expect(await isThere()).toBe(false);
  set({ [key]: 200 });
  expect(await isThere()).toBe(true);
  set({ [key]: 0 });
  clock.time += 1e12;
  expect(await isThere()).toBe(true);
}

/** What is worth least goes where there is more than the capacity. */
async function holds(tier: MemoryTier, key: Key<'Capacity'>) {
  const { api, set } = await open({ [key]: 3 });
  for (const [text, importance] of [
    ['little', 0.1],
    ['less', 0.2],
    ['more', 0.9],
    ['most', 1],
  ] as const) {
    await api.storeMemory({ tier, text, importance });
  }
  const texts = async () => {
    await api.consolidate();
    const { memories } = await api.queryMemories({ tiers: [tier] });
    return memories.map(({ memory }) => memory.text).sort();
  };
  expect(await texts()).toEqual(['less', 'more', 'most']);
  set({ [key]: 1 });
  expect(await texts()).toEqual(['most']);
}

/** Memory puts itself in order only after a change of settings, which brings it soon. */
async function beginsBy(before: ConfigChange, change: ConfigChange) {
  const { types, set } = await openOmega(before);
  const consolidated = () => types().filter((type) => type === 'memory.consolidated').length;
  await new Promise((next) => setTimeout(next, 1_300));
  expect(consolidated()).toBe(0);
  set(change);
  await vi.waitFor(() => expect(consolidated()).toBeGreaterThan(0), 5_000);
}

proveSettings('memory', {
  autoConsolidate: () =>
    beginsBy(
      { 'memory.autoConsolidate': false, 'memory.consolidationIntervalSecs': 1 },
      { 'memory.autoConsolidate': true },
    ),
  consolidationIntervalSecs: () =>
    beginsBy(
      { 'memory.consolidationIntervalSecs': 86_400 },
      { 'memory.consolidationIntervalSecs': 1 },
    ),
  purgeGraceSecs: async () => {
    const { api, clock, set } = await open({ 'memory.purgeGraceSecs': 86_400 });
    await api.storeMemory({ tier: 'immediate', text: 'Something', importance: 0.01 });
    clock.time += 120_000;
    expect(await api.consolidate()).toMatchObject({ expired: 1, purged: 0 });
    expect(await api.consolidate()).toMatchObject({ expired: 0, purged: 0 });
    set({ 'memory.purgeGraceSecs': 0 });
    expect(await api.consolidate()).toMatchObject({ purged: 1 });
  },
  immediateRetentionSecs: () => keepsFor('immediate', 'memory.immediateRetentionSecs'),
  shortTermRetentionSecs: () => keepsFor('short-term', 'memory.shortTermRetentionSecs'),
  sessionRetentionSecs: () => keepsFor('session', 'memory.sessionRetentionSecs'),
  episodicRetentionSecs: () => keepsFor('episodic', 'memory.episodicRetentionSecs'),
  semanticRetentionSecs: () => keepsFor('semantic', 'memory.semanticRetentionSecs'),
  proceduralRetentionSecs: () => keepsFor('procedural', 'memory.proceduralRetentionSecs'),
  strategicRetentionSecs: () => keepsFor('strategic', 'memory.strategicRetentionSecs'),
  immediateCapacity: () => holds('immediate', 'memory.immediateCapacity'),
  shortTermCapacity: () => holds('short-term', 'memory.shortTermCapacity'),
  sessionCapacity: () => holds('session', 'memory.sessionCapacity'),
  episodicCapacity: () => holds('episodic', 'memory.episodicCapacity'),
  semanticCapacity: () => holds('semantic', 'memory.semanticCapacity'),
  proceduralCapacity: () => holds('procedural', 'memory.proceduralCapacity'),
  strategicCapacity: () => holds('strategic', 'memory.strategicCapacity'),
});
