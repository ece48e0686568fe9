import { describe, expect, it } from 'vitest';
import type { MemoryIndex } from '#main/memory/memory-index.ts';
import { openMemories, textsOf, wordVector } from '#test/support/memories.ts';

/** An embedder that can be switched off, as a model that dies. */
function switched() {
  const state = { works: true };
  const embed = async (text: string) => {
    if (!state.works) throw new Error('the model is away');
    return wordVector(text);
  };
  return { state, embed };
}

describe('without a model', () => {
  it('memories are stored, found by words, said to be so, and get their vectors later', async () => {
    const { state, embed } = switched();
    const { memories } = openMemories({ embed });
    await memories.store({ text: 'volumes keep the database' });
    state.works = false;
    const stored = await memories.store({ text: 'restarts follow failed checks' });
    expect(stored.degraded).toMatch(/the model is away/);
    const many = await memories.storeMany([{ text: 'one more' }, { text: 'and another' }]);
    expect(many.every(({ degraded }) => degraded !== null)).toBe(true);
    const answer = await memories.query({ text: 'restart' });
    expect(answer.degraded).toMatch(/words alone.*the model is away/);
    expect(answer.memories).toMatchObject([{ memory: { id: stored.id }, vectorRank: null }]);
    await expect(memories.backfill()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    });
    expect(await memories.consolidate()).toMatchObject({
      embedded: 0,
      degraded: expect.stringMatching(/the model is away/),
    });
    state.works = true;
    expect(await memories.backfill()).toBe(3);
    const near = await memories.query({ embedding: wordVector('restarts follow failed checks') });
    expect(near.memories[0]).toMatchObject({ memory: { id: stored.id }, vectorRank: 1 });
  });

  it('what lacks a vector gets it by itself once the model is back', async () => {
    const { state, embed } = switched();
    const { memories } = openMemories({ embed });
    state.works = false;
    await memories.store({ text: 'restarts follow failed checks' });
    state.works = true;
    await memories.query({ text: 'anything' });
    await expect
      .poll(() => textsOf(memories.query({ embedding: wordVector('failed checks') })))
      .toEqual(['restarts follow failed checks']);
  });

  it('a changed text loses the vector of the old one', async () => {
    const { state, embed } = switched();
    const { memories } = openMemories({ embed });
    const { id } = await memories.store({ text: 'about apples' });
    state.works = false;
    const { degraded, memory } = await memories.update(id, { text: 'about pears' });
    expect(degraded).toMatch(/the model is away/);
    expect(memory.text).toBe('about pears');
    expect(await textsOf(memories.query({ embedding: wordVector('apples') }))).toEqual([]);
    expect(await textsOf(memories.query({ text: 'pears' }))).toEqual(['about pears']);
  });

  it('a model that gives nonsense is as none, and a caller who leaves is told so', async () => {
    const nonsense = openMemories({ embed: async () => new Float32Array(3) });
    const { degraded } = await nonsense.memories.store({ text: 'a fact' });
    expect(degraded).toMatch(/3 numbers/);
    const controller = new AbortController();
    const { memories } = openMemories({
      embed: (_, signal) =>
        new Promise((__, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('left')));
        }),
    });
    const stored = memories.store({ text: 'never stored' }, controller.signal);
    controller.abort();
    await expect(stored).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await memories.query({})).memories).toEqual([]);
  });
});

describe('without an index', () => {
  const dead = (real: MemoryIndex): MemoryIndex => ({
    dimensions: real.dimensions,
    nearest: async () => null,
    among: (unit, keys, k) => real.among(unit, keys, k),
    units: (keys) => real.units(keys),
    keysAfter: (key, limit) => real.keysAfter(key, limit),
    changed: (removed) => real.changed(removed),
    forget: (keys) => real.forget(keys),
    settle: () => real.settle(),
  });

  it('words find, a vector alone is compared one by one, and both say so', async () => {
    const { memories } = openMemories({ index: dead });
    await memories.store({ text: 'volumes keep the database' });
    await memories.store({ text: 'restarts follow failed checks', tier: 'semantic' });
    const byText = await memories.query({ text: 'database' });
    expect(byText.degraded).toMatch(/words alone/);
    expect(byText.memories).toHaveLength(1);
    const byVector = await memories.query({ embedding: wordVector('failed checks'), limit: 1 });
    expect(byVector.degraded).toMatch(/one by one/);
    expect(byVector.memories[0]?.memory.text).toBe('restarts follow failed checks');
    const filtered = { embedding: wordVector('database'), tiers: ['semantic' as const] };
    expect(await textsOf(memories.query(filtered))).toEqual(['restarts follow failed checks']);
  });

  it('duplicates wait until there is one', async () => {
    let index: MemoryIndex | null = null;
    const { memories } = openMemories({
      index: (real) => {
        index = dead(real);
        return {
          ...index,
          nearest: (unit, k) => (index ? index.nearest(unit, k) : real.nearest(unit, k)),
        };
      },
    });
    await memories.store({ text: 'said twice', tier: 'semantic' });
    await memories.store({ text: 'Said twice.', tier: 'semantic' });
    expect(await memories.consolidate()).toMatchObject({
      merged: 0,
      degraded: expect.stringMatching(/index/),
    });
    index = null;
    expect(await memories.consolidate()).toMatchObject({ merged: 1, degraded: null });
  });

  it('that died, a query has another at once', async () => {
    const { memories, vectors } = openMemories();
    await memories.store({ text: 'volumes keep the database' });
    await memories.query({ text: 'database' });
    process.kill(vectors.pid ?? 0, 'SIGKILL');
    const answer = await memories.query({ embedding: wordVector('database') });
    expect(answer).toMatchObject({ degraded: null, memories: [{ vectorRank: 1 }] });
  });
});
