import { describe, expect, it } from 'vitest';
import { type Memory, type MemoryTier, memoryTiers } from '#shared/memory.ts';
import { type MemorySettings, memorySettings } from '#shared/settings/memory-settings.ts';
import { changing } from '#test/support/changing.ts';
import { day, hour, minute, openMemories, wordVector } from '#test/support/memories.ts';

const year = 365 * day;
const nothing = { expired: 0, purged: 0, merged: 0, decayed: 0, promoted: 0, evicted: 0 };

describe('consolidation', () => {
  it('moves a memory up step by step, and never multiplies it (the reference made 126 of one)', async () => {
    const { memories, clock, events } = openMemories();
    const { id } = await memories.store({ text: 'the api uses postgres', importance: 0.6 });
    const steps: [number, MemoryTier][] = [
      [minute, 'short-term'],
      [10 * minute, 'session'],
      [13 * hour, 'episodic'],
    ];
    for (const [ms, tier] of steps) {
      clock.time += ms;
      expect(await memories.consolidate()).toMatchObject({ promoted: 1, degraded: null });
      // Again, and again: what was done is done.
      for (let times = 0; times < 4; times += 1) {
        expect(await memories.consolidate()).toMatchObject(nothing);
      }
      expect(await memories.get(id)).toMatchObject({ tier });
      expect((await memories.query({ limit: 100 })).memories).toHaveLength(1);
    }
    const { provenance, importance } = (await memories.get(id)) as Memory;
    expect(provenance.moves.map(({ from }) => from)).toEqual([
      'immediate',
      'short-term',
      'session',
    ]);
    expect(importance).toBeLessThanOrEqual(0.6);
    expect(events.filter(({ type }) => type === 'memory.consolidated')).toHaveLength(15);
  });

  it('takes from importance once what time takes (the reference again with each call)', async () => {
    const { memories, clock } = openMemories();
    const { id } = await memories.store({ tier: 'episodic', text: 'a fact', importance: 0.6 });
    clock.time += 15 * day;
    expect(await memories.consolidate()).toMatchObject({ decayed: 1 });
    const after = (await memories.get(id))?.importance ?? 0;
    expect(after).toBeCloseTo(0.6 * 2 ** -0.5);
    for (let times = 0; times < 4; times += 1) await memories.consolidate();
    expect((await memories.get(id))?.importance).toBe(after);
  });

  it('takes as much in many runs as in one', async () => {
    const [often, once] = [openMemories(), openMemories()];
    const ids = await Promise.all(
      [often, once].map(async ({ memories }) => {
        const memory = { tier: 'semantic', text: 'a fact', importance: 0.9 } as const;
        return (await memories.store(memory)).id;
      }),
    );
    for (let hours = 0; hours < 60; hours += 1) {
      often.clock.time += day;
      await often.memories.consolidate();
    }
    once.clock.time += 60 * day;
    await once.memories.consolidate();
    const left = await Promise.all([
      often.memories.get(ids[0] ?? ''),
      once.memories.get(ids[1] ?? ''),
    ]);
    expect(Math.abs((left[0]?.importance ?? 0) - (left[1]?.importance ?? 9))).toBeLessThan(0.006);
  });

  it('has what a tier does not keep out of reach, and deletes it after the grace', async () => {
    const { memories, clock, storage, events } = openMemories({ settings: { purgeGraceSecs: 80 } });
    const { id } = await memories.store({ tier: 'session', text: 'short lived', importance: 0.1 });
    clock.time += day;
    expect((await memories.query({ text: 'lived' })).memories).toEqual([]);
    expect(await memories.consolidate()).toMatchObject({ expired: 1, purged: 0 });
    expect(events).toContainEqual({
      type: 'memory.evicted',
      tier: 'session',
      count: 1,
      why: 'expired',
    });
    for (let runs = 0; runs < 7; runs += 1) {
      clock.time += minute;
      expect(await memories.consolidate()).toMatchObject({ expired: 0, purged: 0 });
    }
    expect(await storage.memories.find(id)).not.toBeNull();
    clock.time += minute;
    expect(await memories.consolidate()).toMatchObject({ purged: 1 });
    expect(await storage.memories.find(id)).toBeNull();
  });

  it.each([
    ['forward by years and back', 40 * year],
    ['back by years and forward', -40 * year],
  ])('loses nothing to a clock that jumps %s', async (_, jump) => {
    const { memories, clock } = openMemories();
    const ids: string[] = [];
    for (const tier of memoryTiers) {
      ids.push((await memories.store({ tier, text: `kept in ${tier}`, importance: 0.2 })).id);
    }
    for (let times = 0; times < 3; times += 1) {
      clock.time += jump;
      await memories.query({ text: 'kept' });
      await memories.consolidate();
      await memories.consolidate();
      clock.time -= jump;
    }
    await memories.consolidate();
    for (const id of ids) expect((await memories.get(id))?.importance).toBeGreaterThan(0.04);
  });

  it('merges what says the same, whole and with its provenance, and nothing else', async () => {
    const { memories, clock } = openMemories();
    const store = (text: string, rest: object = {}) =>
      memories.store({ text, ...rest, tier: 'semantic' });
    const first = await store('The gateway listens on port 8080', {
      tags: ['a'],
      importance: 0.3,
      source: 'scan',
      ref: 'compose.yaml',
    });
    clock.time += 1000;
    const second = await store('the gateway listens on port 8080.', {
      tags: ['b'],
      importance: 0.8,
      metadata: { line: 3 },
      source: 'proposal',
    });
    await store('The gateway listens on port 8081');
    await store('The gateway never listens on port 8080');
    await memories.query({ text: 'port 8080' });
    expect(await memories.consolidate()).toMatchObject({ merged: 1, degraded: null });
    expect(await memories.consolidate()).toMatchObject({ merged: 0 });
    expect(await memories.get(first.id)).toMatchObject({
      tags: ['a', 'b'],
      importance: 0.8,
      metadata: { line: 3 },
      uses: 2,
      createdAt: clock.time - 1000,
      provenance: {
        source: 'scan',
        ref: 'compose.yaml',
        merged: [{ id: second.id, source: 'proposal' }],
      },
    });
    expect(await memories.get(second.id)).toBeNull();
    expect((await memories.query({ limit: 100 })).memories).toHaveLength(3);
  });

  it('merges many of the same into one, found by the fuller text', async () => {
    const { memories } = openMemories();
    const embedding = wordVector('builds run in docker');
    for (const text of [
      'builds run in docker',
      'Builds run in docker.',
      'all builds run in docker',
    ]) {
      await memories.store({ text, embedding, tier: 'semantic' });
    }
    expect(await memories.consolidate()).toMatchObject({ merged: 2 });
    const { memories: found } = await memories.query({ text: 'builds docker' });
    expect(found).toMatchObject([{ memory: { text: 'all builds run in docker' } }]);
    expect(found[0]?.memory.provenance.merged).toHaveLength(2);
  });

  it('keeps each tier to its capacity, by dropping what is worth least', async () => {
    const { memories, events } = openMemories({ settings: { episodicCapacity: 5 } });
    for (let count = 0; count < 12; count += 1) {
      await memories.store({ tier: 'episodic', text: `number ${count}`, importance: count / 20 });
    }
    await memories.store({ tier: 'semantic', text: 'elsewhere', importance: 0 });
    const report = await memories.consolidate();
    expect(report).toMatchObject({ evicted: 7, sizes: { episodic: 5, semantic: 1 } });
    const left = (await memories.query({ tiers: ['episodic'] })).memories;
    expect(Math.min(...left.map(({ memory }) => memory.importance))).toBe(7 / 20);
    expect(events).toContainEqual({
      type: 'memory.evicted',
      tier: 'episodic',
      count: 7,
      why: 'capacity',
    });
    expect(await memories.consolidate()).toMatchObject(nothing);
  });

  it('that is asked for while it goes on is the one that goes on', async () => {
    const { memories, events } = openMemories();
    await memories.store({ text: 'a fact' });
    const [one, other] = await Promise.all([memories.consolidate(), memories.consolidate()]);
    expect(one).toBe(other);
    expect(events.filter(({ type }) => type === 'memory.consolidated')).toHaveLength(1);
    const gone = AbortSignal.abort();
    await expect(memories.consolidate(gone)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('comes by itself as the settings say, from the moment they change', async () => {
    const live = changing<MemorySettings>(memorySettings.parse({ autoConsolidate: false }));
    const { memories, events } = openMemories({ live });
    const runs = () => events.filter(({ type }) => type === 'memory.consolidated').length;
    memories.start();
    live.set({ ...live.current, consolidationIntervalSecs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(runs()).toBe(0);
    live.set({ ...live.current, autoConsolidate: true });
    await expect.poll(runs, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    await memories.stop();
    const then = runs();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(runs()).toBe(then);
  });

  it.each(memoryTiers)('keeps %s memories to the capacity of its setting', async (tier) => {
    const name = `${tier.replace('-t', 'T')}Capacity` as 'sessionCapacity';
    const { memories } = openMemories({ settings: { [name]: 2 } });
    for (const text of ['one', 'two', 'three']) await memories.store({ tier, text });
    expect(await memories.consolidate()).toMatchObject({ evicted: 1, sizes: { [tier]: 2 } });
  });

  it.each(memoryTiers.map((tier) => [tier] as const))(
    'keeps %s memories as long as its setting says, and for ever at 0',
    async (tier) => {
      const name = `${tier.replace('-t', 'T')}RetentionSecs` as 'sessionRetentionSecs';
      const live = changing(memorySettings.parse({ [name]: 50 }));
      const { memories, clock } = openMemories({ live });
      const { id } = await memories.store({ tier, text: 'a fact' });
      clock.time += 49_999;
      expect(await memories.get(id)).not.toBeNull();
      clock.time += 1;
      expect(await memories.get(id)).toBeNull();
      live.set({ ...live.current, [name]: 0 });
      clock.time += 90 * year;
      expect(await memories.get(id)).not.toBeNull();
    },
  );
});
