import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { MemoryTier } from '#shared/memory.ts';
import { dimensions, minute, openMemories, textsOf, wordVector } from '#test/support/memories.ts';

describe('memories', () => {
  it('come back as they were stored, by id and by query (the reference stored nothing)', async () => {
    const { memories, clock, events } = openMemories();
    const { id, degraded } = await memories.store({
      tier: 'semantic',
      type: 'edit',
      text: 'The gateway listens on port 8080',
      tags: ['docker', 'api', 'docker'],
      metadata: { path: 'Dockerfile', lines: [1, 2] },
      importance: 0.9,
      confidence: 0.4,
      source: 'proposal',
      ref: 'p1',
    });
    expect(degraded).toBeNull();
    expect(await memories.get(id)).toEqual({
      id,
      tier: 'semantic',
      type: 'edit',
      text: 'The gateway listens on port 8080',
      tags: ['api', 'docker'],
      metadata: { path: 'Dockerfile', lines: [1, 2] },
      importance: 0.9,
      confidence: 0.4,
      createdAt: clock.time,
      accessedAt: clock.time,
      uses: 0,
      provenance: { source: 'proposal', ref: 'p1', merged: [], moves: [] },
    });
    const { memories: found } = await memories.query({ text: 'gateway port' });
    expect(found).toMatchObject([{ memory: { id }, textRank: 1, vectorRank: 1 }]);
    const bytes = 32 + dimensions * 4;
    expect(events).toContainEqual({ type: 'memory.stored', id, tier: 'semantic', bytes });
    expect(events).toContainEqual({ type: 'memory.retrieved', ids: [id] });
  });

  it('are found under every filter, and as many as the limit says in all (the reference ignored tiers and limits)', async () => {
    const { memories, clock } = openMemories();
    const tiers: MemoryTier[] = ['session', 'episodic', 'semantic', 'procedural'];
    const start = clock.time;
    for (let count = 0; count < 40; count += 1) {
      clock.time = start + count;
      await memories.store({
        tier: tiers[count % 4] ?? 'session',
        type: count % 2 === 0 ? 'edit' : 'fact',
        text: `note ${count} about volumes`,
        tags: count % 10 === 0 ? ['ten', 'even'] : count % 2 === 0 ? ['even'] : [],
        importance: count / 40,
        confidence: 1 - count / 40,
      });
    }
    const counts = async (filter: object) => {
      const sizes: number[] = [];
      for (const sought of [{}, { text: 'volumes' }, { embedding: wordVector('volumes') }]) {
        sizes.push((await memories.query({ ...filter, ...sought, limit: 100 })).memories.length);
      }
      return sizes;
    };
    expect(await counts({})).toEqual([40, 40, 40]);
    expect(await counts({ tiers: ['semantic'] })).toEqual([10, 10, 10]);
    expect(await counts({ tiers: ['semantic', 'session'] })).toEqual([20, 20, 20]);
    expect(await counts({ types: ['edit'] })).toEqual([20, 20, 20]);
    expect(await counts({ tags: ['even'] })).toEqual([20, 20, 20]);
    expect(await counts({ tags: ['even', 'ten'] })).toEqual([4, 4, 4]);
    expect(await counts({ tags: ['absent'] })).toEqual([0, 0, 0]);
    expect(await counts({ minImportance: 0.75 })).toEqual([10, 10, 10]);
    expect(await counts({ minConfidence: 0.75 })).toEqual([11, 11, 11]);
    expect(await counts({ from: start + 10, to: start + 15 })).toEqual([5, 5, 5]);
    expect((await memories.query({ text: 'volumes', limit: 3 })).memories).toHaveLength(3);
    expect((await memories.query({ text: 'volumes', limit: 1000 })).memories).toHaveLength(40);
    expect(await textsOf(memories.query({ limit: 2 }))).toEqual([
      'note 39 about volumes',
      'note 38 about volumes',
    ]);
  });

  it('that match are before those that are only worth more (the reference sorted by relevance alone)', async () => {
    const { memories } = openMemories();
    await memories.store({ text: 'a red car', importance: 1 });
    await memories.store({ text: 'a ripe pear', importance: 1 });
    await memories.store({ text: 'a green apple', importance: 0.1 });
    const near = { embedding: wordVector('apple green') };
    expect((await textsOf(memories.query(near)))[0]).toBe('a green apple');
    expect((await textsOf(memories.query({ text: 'apple', limit: 1 })))[0]).toBe('a green apple');
  });

  it('are not found by a word that joins others, unless nothing else is asked', async () => {
    const { memories } = openMemories();
    await memories.storeMany([
      { text: 'Rain is expected' },
      { text: 'Apples and pears grow on trees' },
      { text: 'The queue speaks AMQP' },
    ]);
    const { memories: found } = await memories.query({ text: 'is fruit of trees healthy' });
    const byWords = found.filter(({ textRank }) => textRank !== null);
    expect(byWords.map(({ memory }) => memory.text)).toEqual(['Apples and pears grow on trees']);
    const alone = await memories.query({ text: 'is' });
    expect(alone.memories[0]?.memory.text).toBe('Rain is expected');
  });

  it('of equal match are ordered by importance and use', async () => {
    const { memories } = openMemories();
    await memories.store({ text: 'the cache is redis', importance: 0.2 });
    const { id } = await memories.store({ text: 'the cache is redis', importance: 0.9 });
    const { memories: found } = await memories.query({ text: 'cache redis' });
    expect(found[0]?.memory.id).toBe(id);
  });

  it('count their recalls and live on by them (the reference never counted)', async () => {
    const { memories, clock, events } = openMemories();
    const { id } = await memories.store({ tier: 'short-term', text: 'builds run in containers' });
    for (let times = 0; times < 3; times += 1) {
      clock.time += 8 * minute;
      expect(await textsOf(memories.query({ text: 'containers' }))).toHaveLength(1);
    }
    // A tier keeps it for ten minutes: without the recalls it had been gone.
    expect(await memories.get(id)).toMatchObject({ uses: 3, accessedAt: clock.time });
    // Who only looks keeps nothing alive.
    const seen = events.length;
    expect((await memories.query({ recalls: false })).memories).not.toHaveLength(0);
    expect(await memories.get(id)).toMatchObject({ uses: 3 });
    expect(events).toHaveLength(seen);
    clock.time += 10 * minute;
    expect(await memories.get(id)).toBeNull();
    expect(await textsOf(memories.query({ text: 'containers' }))).toEqual([]);
    expect(await memories.sizes()).toMatchObject({ 'short-term': 0 });
  });

  it('have recalls written by themselves, and at the latest when they stop', async () => {
    const { memories, folder } = openMemories();
    await memories.store({ text: 'builds run in containers' });
    const db = new Sqlite(join(folder, 'omega.db'), { readonly: true });
    const uses = () => db.prepare('SELECT uses FROM memories').pluck().get();
    await memories.query({ text: 'builds' });
    expect(uses()).toBe(0);
    await expect.poll(uses, { timeout: 5_000 }).toBe(1);
    await memories.query({ text: 'builds' });
    await memories.stop();
    expect(uses()).toBe(2);
    db.close();
  });

  it('are found the moment they are stored, one by one or many, while others are', async () => {
    const { memories } = openMemories();
    await memories.storeMany(
      Array.from({ length: 1_500 }, (_, at) => ({ text: `filler number ${at}` })),
    );
    const texts = Array.from({ length: 30 }, (_, at) => `needle${at} in the hay`);
    await Promise.all(
      texts.map(async (text, at) => {
        await sleep(at % 5);
        await memories.store({ text });
        const [first] = await textsOf(memories.query({ text: `needle${at}` }));
        expect(first).toBe(text);
        const near = await textsOf(memories.query({ embedding: wordVector(text), limit: 50 }));
        expect(near).toContain(text);
      }),
    );
  });

  it('change with their words and their vector, and keep their id', async () => {
    const { memories } = openMemories();
    const { id } = await memories.store({ text: 'restarts follow failed checks', tags: ['old'] });
    await memories.query({ text: 'restart' });
    const { memory } = await memories.update(id, {
      text: 'volumes keep the database',
      tier: 'semantic',
      tags: ['new'],
    });
    expect(memory).toMatchObject({ id, tier: 'semantic', tags: ['new'] });
    expect(memory.provenance.moves).toMatchObject([{ from: 'immediate' }]);
    expect(await textsOf(memories.query({ text: 'restarting' }))).toEqual(
      await textsOf(memories.query({ embedding: wordVector('restarting') })),
    );
    const answer = await memories.query({ text: 'database volume' });
    expect(answer.memories).toMatchObject([{ memory: { id }, textRank: 1 }]);
    const old = await memories.query({ embedding: wordVector('restarts follow failed checks') });
    expect(old.memories[0]?.memory.text).toBe('volumes keep the database');
    expect((await memories.query({ tags: ['old'] })).memories).toEqual([]);
    expect((await memories.query({ tags: ['new'] })).memories).toHaveLength(1);
  });

  it('that are removed are gone for good, and their key is not given again', async () => {
    const { memories, storage } = openMemories();
    const { id } = await memories.store({ text: 'one secret', tags: ['x'] });
    await memories.query({ text: 'secret' });
    const key = await storage.memories.lastKey();
    await memories.remove(id);
    expect(await memories.get(id)).toBeNull();
    expect(await textsOf(memories.query({ text: 'secret' }))).toEqual([]);
    await memories.store({ text: 'one thing else' });
    expect(await storage.memories.lastKey()).toBeGreaterThan(key);
    expect(await textsOf(memories.query({ embedding: wordVector('one secret') }))).toEqual([
      'one thing else',
    ]);
    await expect(memories.remove(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(memories.update(id, { importance: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are there after a start, with their index', async () => {
    const first = openMemories();
    const { id } = await first.memories.store({ tier: 'strategic', text: 'kept for ever' });
    await first.memories.query({ text: 'kept' });
    await first.close();
    const { memories } = openMemories({ folder: first.folder });
    expect(await memories.get(id)).toMatchObject({ uses: 1 });
    const answer = await memories.query({ embedding: wordVector('kept for ever') });
    expect(answer).toMatchObject({ degraded: null, memories: [{ memory: { id } }] });
  });

  it('are seen by another process on the same database', async () => {
    const first = openMemories();
    const second = openMemories({ folder: first.folder });
    await first.memories.store({ text: 'from the first' });
    await second.memories.query({ text: 'warm the index' });
    const { id } = await first.memories.store({ text: 'written by one' });
    const { id: other } = await second.memories.store({ text: 'written by other' });
    expect(other).not.toBe(id);
    const near = { embedding: wordVector('written by one') };
    expect((await textsOf(second.memories.query(near)))[0]).toBe('written by one');
    expect(await textsOf(second.memories.query({ text: 'first' }))).toContain('from the first');
    await second.memories.update(id, { text: 'rewritten elsewhere' });
    const found = await first.memories.query({ embedding: wordVector('rewritten elsewhere') });
    expect(found.memories[0]?.memory).toMatchObject({ id, text: 'rewritten elsewhere' });
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? first : second).memories.store({ text: `by turns ${at}` }),
      ),
    );
    const all = await first.memories.query({ text: 'turns', limit: 100 });
    expect(all.memories.filter(({ textRank }) => textRank !== null)).toHaveLength(20);
  });
});
