import { describe, expect, it } from 'vitest';
import type { MemoryQuery, NewMemory } from '#shared/memory.ts';
import { dimensions, openMemories, wordVector } from '#test/support/memories.ts';

const vector = (change: (at: number) => number, length = dimensions) =>
  Float32Array.from({ length }, (_, at) => change(at));

/** Objects a thousand deep: what ends the stack of a parser that does not look out. */
function deep(): unknown {
  let value: unknown = 1;
  for (let count = 0; count < 100_000; count += 1) value = { value };
  return value;
}

describe('a memory that cannot be stored is refused with its reason, and the rest stays', () => {
  const bad: [string, object, RegExp][] = [
    ['no text', { text: '' }, /text/],
    ['space alone', { text: ' \n\t' }, /more than space/],
    ['a text of 10 MB', { text: 'x'.repeat(10_000_000) }, /100000/],
    ['1,000 tags', { tags: Array.from({ length: 1_000 }, (_, at) => `t${at}`) }, /tags/],
    ['an empty tag', { tags: [''] }, /tags/],
    ['an unknown tier', { tier: 'cosmic' }, /tier/],
    ['importance above 1', { importance: 1.01 }, /importance/],
    ['importance NaN', { importance: Number.NaN }, /importance/],
    ['an unknown field', { id: 'mine' }, /id/],
    ['a vector with NaN', { embedding: vector((at) => (at === 3 ? Number.NaN : 1)) }, /finite/],
    ['a vector with infinity', { embedding: vector(() => Number.POSITIVE_INFINITY) }, /finite/],
    ['a vector of zeros', { embedding: vector(() => 0) }, /zeros/],
    ['a vector of another length', { embedding: vector(() => 1, 3) }, /3 numbers/],
    ['a list for a vector', { embedding: [1, 2, 3] }, /Float32Array/],
    ['metadata that are no JSON', { metadata: { f: () => 1 } }, /metadata/],
    ['metadata that are too deep', { metadata: { deep: deep() } }, /deep|metadata/],
    ['metadata that are too large', { metadata: { large: 'x'.repeat(70_000) } }, /65536/],
  ];

  it.each(bad)('%s', async (_, change, reason) => {
    const { memories } = openMemories();
    const kept = await memories.store({ tier: 'semantic', text: 'stays' });
    const input = { tier: 'semantic', text: 'a fact', ...change } as NewMemory;
    const refused = { code: 'INVALID_INPUT', message: expect.stringMatching(reason) };
    await expect(memories.store(input)).rejects.toMatchObject(refused);
    // All or none.
    await expect(
      memories.storeMany([{ tier: 'semantic', text: 'first' }, input]),
    ).rejects.toMatchObject(refused);
    expect(await memories.sizes()).toMatchObject({ semantic: 1 });
    const { embedding: __, ...others } = change as { embedding?: unknown };
    if (Object.keys(others).length > 0) {
      const changed = memories.update(kept.id, others as object);
      await expect(changed).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(await memories.get(kept.id)).toMatchObject({ text: 'stays', tags: [] });
  });

  it('a list that is too long', async () => {
    const { memories } = openMemories();
    const many = Array.from({ length: 5_001 }, () => ({ text: 'a' }));
    await expect(memories.storeMany(many)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await memories.storeMany([])).toEqual([]);
  });
});

describe('a query', () => {
  const bad: [string, object][] = [
    ['for none', { limit: 0 }],
    ['for a part of one', { limit: 1.5 }],
    ['for too many', { limit: 1_001 }],
    ['in an unknown tier', { tiers: ['cosmic'] }],
    ['in no tier', { tiers: [] }],
    ['with NaN', { embedding: vector(() => Number.NaN) }],
    ['with zeros', { embedding: vector(() => 0) }],
    ['of other dimensions', { embedding: vector(() => 1, 65) }],
    ['with a text of 10 MB', { text: 'x'.repeat(10_000_000) }],
    ['with an unknown condition', { where: 1 }],
    ['from NaN', { from: Number.NaN }],
  ];
  it.each(bad)('%s is refused', async (_, query) => {
    const { memories } = openMemories();
    const asked = memories.query(query as MemoryQuery);
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('of an empty store, for words nobody knows, or without words, finds what there is', async () => {
    const { memories } = openMemories();
    for (const text of [
      'anything',
      '',
      ' ',
      '"',
      'NEAR(',
      'text:x*',
      '-- \u0000',
      '😀',
      '^a AND NOT b',
    ]) {
      expect(await memories.query({ text })).toEqual({ memories: [], degraded: null });
    }
    await memories.store({ text: 'a "quoted" NEAR phrase' });
    for (const text of ['" OR 1', 'QUOTED', 'NEAR(', "x'; DROP TABLE memories; --"]) {
      expect((await memories.query({ text, limit: 1000 })).memories).toHaveLength(1);
    }
    // A text without a word is like nothing, and asks for nothing.
    expect((await memories.query({ text: '!!!' })).memories).toEqual([]);
    expect((await memories.query({ text: ' ' })).memories).toHaveLength(1);
  });

  it('for what has no word finds it among the newest all the same', async () => {
    const { memories } = openMemories();
    const { id, degraded } = await memories.store({ text: '!!!' });
    expect(degraded).toBeNull();
    expect((await memories.query({})).memories).toMatchObject([{ memory: { id } }]);
    // It needs no vector, and is not tried again and again.
    expect(await memories.backfill()).toBe(0);
    expect(await memories.consolidate()).toMatchObject({ embedded: 0, degraded: null });
  });
});

describe('ids', () => {
  it.each(['', 'none', '1-', '1-x', 'zzzzzzzzzzzz-x', '-', "1' OR 1=1", '\u0000'])(
    'such as "%s" are of no memory',
    async (id) => {
      const { memories } = openMemories();
      await memories.store({ text: 'a fact', embedding: wordVector('a fact') });
      expect(await memories.get(id)).toBeNull();
      await expect(memories.remove(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(memories.update(id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});
