import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { computeEntry, modelsFolder } from '#test/support/model.ts';
import { openApi } from '#test/support/open-api.ts';

const acceleration = { spawn: forkCompute(computeEntry), modelsFolder };
const axis = (at: number): number[] => Array.from({ length: 384 }, (_, one) => +(one === at));

describe('routes of AgentDB', () => {
  it('keep vectors by collection, and give them back as JSON', async () => {
    const { call } = await openApi({ acceleration });
    expect(await call('vector.collections', {})).toEqual([]);
    const kept = { collection: 'notes', id: 'one', vector: [0.5, -0.25], metadata: { of: 'a' } };
    expect(await call('vector.store', kept)).toEqual({ id: 'one' });
    const vector = new Float32Array([0, 1]);
    const { id: other } = await call('vector.store', { collection: 'notes', vector });
    await call('vector.store', { vector: axis(3) });
    const of = { collection: 'notes', id: 'one' };
    const found = await call('vector.get', of);
    expect(JSON.parse(JSON.stringify(found))).toEqual({
      id: 'one',
      vector: [0.5, -0.25],
      metadata: { of: 'a' },
    });
    expect(await call('vector.collections', {})).toEqual([
      { name: 'default', dimensions: 384, size: 1 },
      { name: 'notes', dimensions: 2, size: 2 },
    ]);
    const search = { collection: 'notes', vector: [1, -0.5], k: 1 };
    const { hits, degraded } = await call('vector.search', search);
    expect(hits).toMatchObject([{ id: 'one', metadata: { of: 'a' } }]);
    expect(hits[0]?.score).toBeCloseTo(1, 5);
    expect(degraded).toBeNull();
    const filtered = { ...search, k: 10, filter: { of: ['b', null] } };
    expect((await call('vector.search', filtered)).hits.map(({ id }) => id)).not.toContain('one');
    expect(await call('vector.delete', of)).toEqual({ deleted: true });
    expect(await call('vector.delete', of)).toEqual({ deleted: false });
    expect(await call('vector.get', of)).toBeNull();
    expect(other).not.toBe('one');
  }, 60_000);

  it('keep episodes, and estimate causes from them', async () => {
    const { call } = await openApi({ acceleration });
    for (let at = 0; at < 80; at += 1) {
      const withCause = at % 2 === 0;
      await call('episode.store', {
        sessionId: 's',
        task: 'build the image',
        reward: withCause ? 0.9 : 0.1,
        success: withCause ? at % 10 !== 0 : at % 10 === 1,
        labels: withCause ? ['used:cache'] : [],
        embedding: axis(at % 5),
      });
    }
    const newest = await call('episode.recall', { limit: 2 });
    expect(newest.episodes).toMatchObject([{ similarity: null }, { similarity: null }]);
    const alike = await call('episode.recall', { embedding: axis(1), limit: 3 });
    expect(alike.episodes.map(({ similarity }) => Math.round(similarity ?? 0))).toEqual([1, 1, 1]);
    expect(await call('episode.totals', { sessionId: 's' })).toMatchObject({ count: 80 });
    expect(await call('episode.totals', { sessionId: 't' })).toMatchObject({
      count: 0,
      successRate: null,
    });
    const edge = { cause: 'used:cache', effect: 'success' };
    const effect = await call('causal.add', edge);
    expect(effect).toMatchObject({ ...edge, withCause: 40, withoutCause: 40 });
    expect(effect.low).toBeGreaterThan(0);
    expect(await call('causal.effects', { cause: 'used:cache' })).toEqual([effect]);
    expect(await call('causal.path', { from: 'used:cache', to: 'success' })).toMatchObject({
      edges: [edge],
    });
    expect(await call('causal.path', { from: 'used:cache', to: 'reward' })).toBeNull();
  }, 60_000);

  it('keep skills in versions, and count how they did', async () => {
    const { call } = await openApi({ acceleration });
    const skill = { name: 'cache mounts', description: 'speed a build up', embedding: axis(0) };
    const made = await call('skill.create', { ...skill, content: 'first' });
    expect(made).toMatchObject({ created: true, degraded: null, skill: { version: 1, uses: 0 } });
    await call('skill.create', { ...skill, content: 'second' });
    expect((await call('skill.list', {})).map(({ version }) => version)).toEqual([2]);
    const versions = await call('skill.list', { name: skill.name });
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    const use = { id: made.skill.id, success: true, reward: 0.8 };
    expect(await call('skill.use', use)).toMatchObject({ uses: 1, successes: 1, meanReward: 0.8 });
    expect(await call('skill.get', { name: skill.name, version: 1 })).toMatchObject({
      content: 'first',
      uses: 1,
    });
    expect(await call('skill.get', { name: 'none' })).toBeNull();
    const { skills } = await call('skill.search', { embedding: axis(0) });
    expect(skills).toMatchObject([{ skill: { content: 'second' } }]);
    await expect(call('skill.use', { ...use, id: 'none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }, 60_000);

  it('refuse what is not fit, say where, and keep nothing of it', async () => {
    const { api, call } = await openApi();
    const episode = { sessionId: 's', task: 't', reward: 1, success: true };
    const skill = { name: 'n', description: 'd' };
    let deep: unknown = {};
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    const wrong: readonly [string, unknown, RegExp][] = [
      ['vector.store', { vector: [] }, /"vector"/],
      ['vector.store', { vector: ['1'] }, /"vector"/],
      ['vector.store', { vector: [Number.NaN] }, /"vector"/],
      ['vector.store', { collection: 'c', vector: Array(8193).fill(1) }, /"vector"/],
      ['vector.store', { collection: 'c', vector: new Float32Array(8193).fill(1) }, /"vector"/],
      ['vector.store', { collection: 'c', vector: [0, 0] }, /zeros/],
      ['vector.store', { collection: 'c', vector: [1e300] }, /finite/],
      ['vector.store', { collection: '../c', vector: [1] }, /"collection"/],
      ['vector.store', { vector: [1], metadata: { x: 'x'.repeat(70_000) } }, /"metadata"/],
      ['vector.store', { vector: [1], metadata: { deep } }, /nest/],
      ['vector.search', { text: 'x', vector: [1] }, /either/],
      ['vector.search', { text: 'x', k: 0 }, /"k"/],
      ['vector.get', { collection: 'c' }, /"id"/],
      ['episode.store', { ...episode, reward: 1.5 }, /"reward"/],
      ['episode.store', { ...episode, labels: ['success'] }, /"labels/],
      ['episode.store', { ...episode, at: -1 }, /"at"/],
      ['episode.recall', { text: ' ' }, /"text"/],
      ['episode.totals', { minReward: '1' }, /"minReward"/],
      ['skill.create', { ...skill, name: '' }, /"name"/],
      ['skill.create', { ...skill, metadata: { deep } }, /nest/],
      ['skill.search', {}, /either/],
      ['skill.list', { limit: 1e9 }, /"limit"/],
      ['skill.get', { name: 'n', id: 'i' }, /not valid/],
      ['causal.add', { cause: 'a', effect: 'success', uplift: 1 }, /estimated/],
      ['causal.add', { cause: 'a', effect: 'a' }, /own cause/],
      ['causal.effects', { cause: 'reward' }, /"cause"/],
      ['causal.path', { from: 'a', to: 'b', maxDepth: 17 }, /"maxDepth"/],
    ];
    for (const [route, input, where] of wrong) {
      const result = await api.call(route, input);
      const about = `${route} ${String(where)}`;
      expect(result, about).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
      expect(result.ok || result.error.message, about).toMatch(where);
    }
    expect(await call('vector.collections', {})).toEqual([]);
    expect(await call('episode.totals', {})).toMatchObject({ count: 0 });
    expect(await call('skill.list', {})).toEqual([]);
    expect(await call('causal.effects', { cause: 'a' })).toEqual([]);
  });
});
