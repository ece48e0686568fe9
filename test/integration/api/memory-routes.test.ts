import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { computeEntry, modelsFolder } from '#test/support/model.ts';
import { openApi } from '#test/support/open-api.ts';

const acceleration = { spawn: forkCompute(computeEntry), modelsFolder };

/** A unit vector of 384 numbers along one axis, as JSON has it. */
function along(axis: number): number[] {
  return Array.from({ length: 384 }, (_, at) => (at === axis ? 1 : 0));
}

/** `[[[…]]]`, deeper than a parser that calls itself can follow. */
function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('routes of memory', () => {
  it('keep, find, change and forget; vectors come as JSON or as they are', async () => {
    const { call, events } = await openApi({ acceleration });
    const tags = ['build', 'docker'];
    const first = {
      text: 'cache the packages',
      embedding: along(0),
      tags,
      tier: 'session',
    } as const;
    const { id, degraded } = await call('memory.store', first);
    expect(degraded).toBeNull();
    await call('memory.store', { text: 'unlike it', embedding: Float32Array.from(along(1)) });
    const asked = await call('memory.query', { embedding: along(0), limit: 1 });
    expect(asked).toMatchObject({
      memories: [
        { memory: { id, text: 'cache the packages', tier: 'session', tags }, vectorRank: 1 },
      ],
      degraded: null,
    });
    // A door that speaks JSON loses nothing of an answer.
    expect(JSON.parse(JSON.stringify(asked))).toEqual(asked);
    expect(await call('memory.query', { tags: ['docker'] })).toMatchObject({
      memories: [{ memory: { id } }],
    });
    const change = { tier: 'strategic', importance: 0.9 } as const;
    const changed = await call('memory.update', { id, change });
    expect(changed).toMatchObject({ memory: { id, ...change }, degraded: null });
    expect(await call('memory.get', { id })).toMatchObject({ id, ...change });
    expect(await call('memory.sizes', {})).toMatchObject({
      immediate: 1,
      session: 0,
      strategic: 1,
    });
    expect(await call('memory.consolidate', {})).toMatchObject({
      degraded: null,
      sizes: { immediate: 1, strategic: 1 },
    });
    expect(await call('memory.delete', { id })).toBeNull();
    expect(await call('memory.get', { id })).toBeNull();
    await expect(call('memory.delete', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const types = events.map(({ type }) => type);
    for (const type of ['stored', 'retrieved', 'updated', 'consolidated', 'deleted']) {
      expect(types).toContain(`memory.${type}`);
    }
  }, 60_000);

  it('say why an answer may lack something, where nothing can be embedded', async () => {
    const { call } = await openApi();
    const stored = await call('memory.store', { text: 'the shop listens on 3000' });
    expect(stored.degraded).toMatch(/words alone/);
    const found = await call('memory.query', { text: 'shop' });
    expect(found.memories).toMatchObject([{ memory: { id: stored.id }, vectorRank: null }]);
    expect(found.degraded).toMatch(/words alone/);
  });

  it('refuse what is not fit, say where, and keep nothing of it', async () => {
    const { api, call } = await openApi();
    const text = 'a text';
    const wrong: readonly [string, unknown, RegExp][] = [
      ['memory.store', { text: ' ' }, /"text"/],
      ['memory.store', { text: 'x'.repeat(100_001) }, /"text"/],
      ['memory.store', { text, embedding: [1, 2] }, /384/],
      ['memory.store', { text, embedding: [] }, /"embedding"/],
      ['memory.store', { text, embedding: along(0).concat(Array(8000).fill(1)) }, /"embedding"/],
      ['memory.store', { text, embedding: new Float32Array(8193).fill(1) }, /"embedding"/],
      ['memory.store', { text, embedding: { ...along(0) } }, /"embedding"/],
      ['memory.store', { text, embedding: along(0).fill(0) }, /zeros/],
      ['memory.store', { text, embedding: along(0).fill(1e300) }, /finite|large/],
      ['memory.store', { text, metadata: { deep: nested(50_000) } }, /nest/i],
      ['memory.store', { text, metadata: { long: 'x'.repeat(70_000) } }, /metadata/],
      ['memory.store', { text, tags: Array(65).fill('x') }, /"tags"/],
      ['memory.store', { text, importance: 2 }, /"importance"/],
      ['memory.store', { text, tier: 'eternal' }, /"tier"/],
      ['memory.store', { text, id: 'mine' }, /Unrecognized/],
      ['memory.query', { limit: 1001 }, /"limit"/],
      ['memory.query', { tiers: [] }, /"tiers"/],
      ['memory.query', { text: 'x'.repeat(10_001) }, /"text"/],
      ['memory.get', { id: '' }, /"id"/],
      ['memory.update', { id: 'x', change: { provenance: {} } }, /"change"/],
      ['memory.sizes', { tier: 'session' }, /Unrecognized/],
    ];
    for (const [route, input, where] of wrong) {
      const result = await api.call(route, input);
      const about = `${route} ${String(where)}`;
      expect(result, about).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
      expect(result.ok || result.error.message, about).toMatch(where);
    }
    const sizes = Object.values(await call('memory.sizes', {}));
    expect(sizes.every((size) => size === 0)).toBe(true);
  });
});
