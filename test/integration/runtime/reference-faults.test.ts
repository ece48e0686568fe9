import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { consequences } from '#main/runtime/consequences.ts';
import { operations } from '#main/runtime/operations.ts';
import { embeddingOf } from '#test/support/embedding-of.ts';
import { indexAlone, openOmega } from '#test/support/open-omega.ts';
import { clustered } from '#test/support/vectors.ts';

const quiet = { 'healthMonitor.enabled': false } as const;

/** Faults of the reference system that show only where all parts work together. */
describe('what the reference did and the runtime does not', () => {
  it('a feature that nobody registered counted as enabled: every name is that of a part', async () => {
    const { runtime } = await openOmega(quiet, { acceleration: indexAlone() });
    const parts = new Set(runtime.parts.all.map(({ name }) => name));
    for (const { subsystem } of Object.values(operations)) expect(parts).toContain(subsystem);
    for (const { of, means } of consequences) {
      expect(parts).toContain(means.subsystem);
      // The machine is none, and is noted by the watch over its resources.
      if (of !== 'machine') expect(parts).toContain(of);
    }
  });

  it('a search that took a lock twice hung for ever: one asked from inside a write answers', async () => {
    const { runtime, api } = await openOmega(quiet, { acceleration: indexAlone() });
    const answers: Promise<number>[] = [];
    const asks = () => {
      answers.push(api.queryMemories({ text: 'thing' }).then(({ memories }) => memories.length));
      const vector = [1, 0];
      answers.push(
        api.searchVectors({ collection: 'things', vector }).then(({ hits }) => hits.length),
      );
    };
    await api.storeVector({ collection: 'things', vector: [1, 0] });
    runtime.bus.listen(asks, ['memory.stored', 'vector.stored']);
    await api.storeMemory({ text: 'a thing', embedding: embeddingOf(1) });
    await api.storeVector({ collection: 'things', vector: [0, 1] });
    const found = await Promise.all(answers);
    expect(found).toHaveLength(4);
    // The last search began when both were stored.
    expect(found.at(-1)).toBe(2);
  });

  it('the whole index was made anew after each write: a search after each of many is quick', async () => {
    const { api } = await openOmega(quiet, { acceleration: indexAlone() });
    const rows = clustered(1_200, 64);
    const row = (at: number) => rows.slice(at * 64, (at + 1) * 64);
    const store = (at: number) =>
      api.storeVector({ collection: 'things', id: `v${at}`, vector: row(at) });
    await Promise.all(Array.from({ length: 1_000 }, (_, at) => store(at)));
    const began = performance.now();
    for (let at = 1_000; at < 1_200; at += 1) {
      await store(at);
      const { hits } = await api.searchVectors({ collection: 'things', vector: row(at), k: 1 });
      expect(hits[0]?.id).toBe(`v${at}`);
    }
    // The reference took three seconds for each of them, ten minutes in all.
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('a memory that was stored again lost its vector, and an episode its edges: a change keeps all', async () => {
    const { api } = await openOmega(quiet, { acceleration: indexAlone() });
    const { id } = await api.storeMemory({
      text: 'The cache is a volume.',
      embedding: embeddingOf(5),
      tags: ['cache'],
      tier: 'semantic',
    });
    await api.updateMemory(id, { importance: 0.9 });
    await api.updateMemory(id, { metadata: { seen: true } });
    for (const query of [
      { embedding: embeddingOf(5) },
      { tags: ['cache'] },
      { embedding: embeddingOf(5), tags: ['cache'] },
    ]) {
      const { memories } = await api.queryMemories({ ...query, tiers: ['semantic'] });
      expect(memories.map(({ memory }) => memory.id)).toEqual([id]);
    }
    const byVector = await api.queryMemories({ embedding: embeddingOf(5) });
    expect(byVector.memories[0]?.vectorRank).toBe(1);

    const skill = { name: 'cache', description: 'Keep packages.' };
    const first = await api.createSkill(skill);
    await api.recordSkillUse({ id: first.skill.id, success: true });
    const next = await api.createSkill({ ...skill, description: 'Keep packages and layers.' });
    expect(next.skill.version).toBe(2);
    const again = await api.recordSkillUse({ id: first.skill.id, success: true });
    expect(again).toMatchObject({ version: 1, uses: 2 });
  });

  it.skipIf(!existsSync('/proc/self/io'))(
    'a store rewrote the whole file: what is written does not grow with what is there',
    async () => {
      const { api, runtime } = await openOmega(quiet);
      const written = () =>
        Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
      const cost = async (count: number) => {
        const before = written();
        for (let at = 0; at < count; at += 1) {
          const text = `Note ${at} about volumes, ports and images of the service`;
          await api.storeMemory({ text, embedding: embeddingOf(at), tier: 'episodic' });
        }
        return (written() - before) / count;
      };
      await cost(100);
      const early = await cost(200);
      await cost(2_000);
      const late = await cost(200);
      expect(runtime.state).toBe('running');
      // Nine times as many are there; the reference wrote nine times as much.
      expect(late / early).toBeLessThan(3);
    },
  );

  it('a decay was taken again with each look, and a memory was copied by each', async () => {
    const { api } = await openOmega(quiet);
    const { id } = await api.storeMemory({ text: 'One fact', tier: 'semantic', importance: 0.6 });
    const reports = [];
    for (let turn = 0; turn < 5; turn += 1) reports.push(await api.consolidate());
    expect((await api.getMemory(id))?.importance).toBeCloseTo(0.6, 6);
    const sizes = reports.map((report) =>
      Object.values(report.sizes).reduce((sum, size) => sum + size),
    );
    expect(sizes).toEqual([1, 1, 1, 1, 1]);
  });

  it('handlers ran under the bus’ lock: one that reads the history, or leaves, does no harm', async () => {
    const { api, runtime } = await openOmega(quiet);
    const seen = vi.fn();
    const leave = runtime.bus.listen(() => {
      seen(runtime.bus.replay(1).length);
      leave();
    });
    await api.storeMemory({ text: 'One' });
    await api.storeMemory({ text: 'Two' });
    expect(seen).toHaveBeenCalledTimes(1);
  });
});
