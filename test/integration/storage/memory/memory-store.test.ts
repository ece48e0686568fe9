import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import {
  filterCondition,
  type MemoryFilter,
  type Retention,
} from '#main/storage/memory/memory-filter.ts';
import { Storage } from '#main/storage/storage.ts';
import type { Memory } from '#shared/memory.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const day = 86_400_000;
const now = 1_000 * day;
const retention: Retention = {
  immediate: 60_000,
  'short-term': 600_000,
  session: day,
  episodic: 30 * day,
  semantic: 365 * day,
  procedural: null,
  strategic: null,
};

function open() {
  const storage = new Storage(tempFolder(), systemClock);
  onTestFinished(() => storage.dispose());
  const { memories } = storage;
  let count = 0;
  const put = (change: Partial<Memory> = {}): string => {
    count += 1;
    const memory: Memory = {
      id: `m${count}`,
      tier: 'semantic',
      type: 'fact',
      text: `memory ${count}`,
      importance: 0.5,
      confidence: 1,
      tags: [],
      metadata: {},
      createdAt: now - 1000 + count,
      accessedAt: now - 1000 + count,
      uses: 0,
      provenance: { source: 'user', merged: [], moves: [] },
      ...change,
    };
    storage.transaction(() => memories.insert(memory));
    return memory.id;
  };
  const newest = (filter: MemoryFilter, limit = 10, at = now) =>
    memories.newest(filterCondition(filter, retention, at), limit).map(({ memory }) => memory.id);
  const search = (text: string, filter: MemoryFilter = {}, limit = 10) => {
    const condition = filterCondition(filter, retention, now);
    const keys = memories.text.search(text, condition, limit);
    return memories.matching(keys, condition).map(({ memory }) => memory.id);
  };
  return { storage, memories, put, newest, search };
}

describe('memories in the store', () => {
  it('come back as they were put in, under every filter and limit', () => {
    const { memories, put, newest } = open();
    const whole = put({
      type: 'edit',
      tags: ['docker', 'api'],
      metadata: { path: 'Dockerfile', lines: [1, 2] },
      importance: 0.9,
      confidence: 0.4,
      createdAt: now - 5000,
    });
    put({ tier: 'episodic', tags: ['docker'] });
    put({});
    expect(memories.find(whole)?.memory).toMatchObject({
      type: 'edit',
      tags: ['api', 'docker'],
      metadata: { path: 'Dockerfile', lines: [1, 2] },
    });
    expect(newest({})).toEqual(['m3', 'm2', 'm1']);
    expect(newest({}, 1)).toEqual(['m3']);
    expect(newest({ tiers: ['episodic'] })).toEqual(['m2']);
    expect(newest({ types: ['edit', 'other'] })).toEqual(['m1']);
    expect(newest({ tags: ['docker'] })).toEqual(['m2', 'm1']);
    expect(newest({ tags: ['docker', 'api'] })).toEqual(['m1']);
    expect(newest({ minImportance: 0.9 })).toEqual(['m1']);
    expect(newest({ minConfidence: 0.5 })).toEqual(['m3', 'm2']);
    expect(newest({ to: now - 4999 })).toEqual(['m1']);
    expect(newest({ from: now - 4999 })).toEqual(['m3', 'm2']);
  });

  it('that have outlived their tier are not found, even before they are swept', () => {
    const { put, newest } = open();
    put({ tier: 'immediate' });
    put({ tier: 'strategic', createdAt: 0, accessedAt: 0 });
    expect(newest({}, 10, now)).toEqual(['m1', 'm2']);
    expect(newest({}, 10, now + 120_000)).toEqual(['m2']);
  });

  it('are found by their words at once, by stem, and not by words they lost', () => {
    const { memories, put, search } = open();
    for (let count = 0; count < 1100; count += 1) put({ text: `filler number ${count}` });
    const id = put({ text: 'Services are restarted by the health checks' });
    expect(search('restarting a service')).toEqual([id]);
    memories.update(id, { text: 'Volumes keep the database' }, now);
    expect(search('restarting a service')).toEqual([]);
    expect(search('databases', { tiers: ['semantic'] })).toEqual([id]);
    expect(search('databases', { tiers: ['episodic'] })).toEqual([]);
    memories.remove([memories.find(id)?.key ?? 0]);
    expect(search('databases')).toEqual([]);
  });

  it('take hostile words for words', () => {
    const { put, search } = open();
    put({ text: 'a "quoted" NEAR phrase' });
    for (const text of ['" OR 1', 'NEAR(', 'text:x*', '-- \u0000', '', '😀', '^a AND NOT b']) {
      expect(() => search(text)).not.toThrow();
    }
    expect(search('QUOTED')).toEqual(['m1']);
  });

  it('move with a note of where they were, and are touched', () => {
    const { memories, put } = open();
    const id = put({ tier: 'session' });
    const moved = memories.update(id, { tier: 'semantic', importance: 0.7 }, now + 5);
    expect(moved).toMatchObject({
      tier: 'semantic',
      importance: 0.7,
      accessedAt: now + 5,
      provenance: { moves: [{ from: 'session', at: now + 5 }] },
    });
    memories.touch([memories.find(id)?.key ?? 0], now + 9);
    // A clock that was set back does not make a memory older.
    memories.touch([memories.find(id)?.key ?? 0], now - 9);
    expect(memories.find(id)?.memory).toMatchObject({ uses: 2, accessedAt: now + 9 });
    expect(memories.update('none', { importance: 1 }, now)).toBeNull();
    expect(memories.sizes()).toMatchObject({ semantic: 1, session: 0 });
  });
});
