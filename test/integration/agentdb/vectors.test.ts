import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAgentDb } from '#test/support/agent-db.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const dimensions = 24;
const rows = clustered(1_200, dimensions, 7);
const row = (at: number) => rows.slice(at * dimensions, (at + 1) * dimensions);
const collection = 'things';

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) / Math.hypot(...a) / Math.hypot(...b);

async function filled(count = 1_200, options: Parameters<typeof openAgentDb>[0] = {}) {
  const opened = openAgentDb(options);
  for (let at = 0; at < count; at += 1) {
    const metadata = { at, even: at % 2 === 0, kind: `k${at % 5}` };
    await opened.db.storeVector({ collection, id: `v${at}`, vector: row(at), metadata });
  }
  return opened;
}

test('every id is that of its vector, with its metadata, in a collection that shrank and grew', async () => {
  const { db } = await filled();
  for (let at = 0; at < 1_200; at += 3) await db.deleteVector({ collection, id: `v${at}` });
  let themselves = 0;
  for (let at = 1; at < 1_200; at += 7) {
    const { hits } = await db.searchVectors({ collection, vector: row(at), k: 5 });
    for (const { id, score, metadata } of hits) {
      const own = Number(id.slice(1));
      expect(own % 3).not.toBe(0);
      expect(metadata.at).toBe(own);
      expect(Math.abs(score - cosine(row(at), row(own)))).toBeLessThan(0.01);
    }
    if (at % 3 !== 0 && hits[0]?.id === `v${at}`) themselves += 1;
  }
  expect(themselves).toBeGreaterThan(112);
});

test('k is what is asked for: above 100, above the count, and nothing below 1', async () => {
  const { db } = await filled(300);
  const found = (k: number) => db.searchVectors({ collection, vector: row(0), k });
  expect((await found(250)).hits).toHaveLength(250);
  expect((await found(1_000)).hits).toHaveLength(300);
  for (const k of [0, -1, 1.5, 1_001, Number.NaN]) {
    await expect(found(k)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
});

test('filters: a value, one of several, a range, all at once', async () => {
  const { db } = await filled(300);
  const ids = async (filter: Parameters<typeof db.searchVectors>[0]['filter']) => {
    const { hits } = await db.searchVectors({ collection, vector: row(0), k: 1_000, filter });
    return hits.map(({ metadata }) => Number(metadata.at)).sort((a, b) => a - b);
  };
  const all = Array.from({ length: 300 }, (_, at) => at);
  expect(await ids({ even: true })).toEqual(all.filter((at) => at % 2 === 0));
  expect(await ids({ kind: ['k1', 'k2'] })).toEqual(all.filter((at) => [1, 2].includes(at % 5)));
  expect(await ids({ at: { from: 10, to: 20 } })).toEqual(all.slice(10, 20));
  expect(await ids({ at: { from: 290 }, even: false, kind: 'k1' })).toEqual([291]);
  // A range is of numbers: SQLite would find every text above every number.
  expect(await ids({ kind: { from: 0 } })).toEqual([]);
  expect(await ids({ nothing: null })).toEqual([]);
  const hostile = { filter: { "x' OR 1=1 --": 1 }, collection, vector: row(0) };
  await expect(db.searchVectors(hostile)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('what cannot be compared is refused and stores nothing', async () => {
  const { db } = await filled(3);
  const refused = { code: 'INVALID_INPUT' };
  const zeros = new Float32Array(dimensions);
  for (const vector of [
    zeros,
    zeros.map((_, at) => (at === 3 ? Number.NaN : 1)),
    zeros.map(() => Number.POSITIVE_INFINITY),
    Array.from(zeros, () => 1e300),
    Array.from(zeros, () => Number.NaN),
    row(0).slice(1),
    [],
  ]) {
    await expect(db.storeVector({ collection, id: 'x', vector })).rejects.toMatchObject(refused);
    await expect(db.searchVectors({ collection, vector })).rejects.toMatchObject(refused);
  }
  expect(await db.getVector({ collection, id: 'x' })).toBeNull();
  await expect(db.storeVector({ collection: '../x', vector: row(0) })).rejects.toMatchObject(
    refused,
  );
  const both = { collection, vector: row(0), text: 'a' };
  await expect(db.searchVectors(both)).rejects.toMatchObject(refused);
  await expect(db.searchVectors({ collection })).rejects.toMatchObject(refused);
});

test('an id that is stored again is replaced, one that is deleted is gone, and each is told', async () => {
  const { db, events } = openAgentDb();
  const { id } = await db.storeVector({ collection, vector: row(0), metadata: { a: 1 } });
  await db.storeVector({ collection, id, vector: Array.from(row(1)), metadata: { b: 2 } });
  expect(await db.getVector({ collection, id })).toEqual({
    id,
    vector: row(1),
    metadata: { b: 2 },
  });
  expect((await db.searchVectors({ collection, vector: row(1) })).hits).toHaveLength(1);
  expect(await db.deleteVector({ collection, id })).toEqual({ deleted: true });
  expect(await db.deleteVector({ collection, id })).toEqual({ deleted: false });
  expect((await db.searchVectors({ collection, vector: row(1) })).hits).toEqual([]);
  const told = (type: string) => ({ type, collection, id });
  expect(events).toEqual([told('vector.stored'), told('vector.stored'), told('vector.deleted')]);
  const unknown = db.searchVectors({ collection: 'unknown', vector: row(1) });
  await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('vectors of agents do not get among those of the app', async () => {
  const { db, storage } = openAgentDb();
  const vector = new Float32Array(384).fill(1);
  await db.storeVector({ collection: 'episodes', id: 'mine', vector });
  await db.storeEpisode({ sessionId: 's', task: 'build', reward: 1, success: true });
  const { episodes } = await db.recallEpisodes({ embedding: vector });
  expect(episodes.map(({ episode }) => episode.task)).toEqual(['build']);
  expect(storage.vectors.collections.all().map(({ size }) => size)).toEqual([1, 1]);
});

test('the default collection has the length that is set, and takes another once it is empty', async () => {
  const { db, settings } = openAgentDb({ settings: { dimension: 8 } });
  const of = (length: number) => new Float32Array(length).fill(1);
  await expect(db.storeVector({ vector: of(9) })).rejects.toThrow(/takes vectors of 8 numbers/);
  const { id } = await db.storeVector({ vector: of(8) });
  settings.set({ dimension: 9 });
  await expect(db.storeVector({ vector: of(9) })).rejects.toThrow(/holds 1 vectors of 8 numbers/);
  // Those that are there stay comparable with those to come.
  const other = await db.storeVector({ vector: of(8) });
  for (const one of [id, other.id]) await db.deleteVector({ id: one });
  await expect(db.storeVector({ vector: of(8) })).rejects.toThrow(/takes vectors of 9 numbers/);
  // Several at once: the collection is made anew once, under those that search it.
  const stored = Array.from({ length: 5 }, () => db.storeVector({ vector: of(9) }));
  const searched = Array.from({ length: 5 }, () => db.searchVectors({ vector: of(9) }));
  await Promise.all([...stored, ...searched]);
  expect((await db.searchVectors({ vector: of(9) })).hits).toHaveLength(5);
});

test('another process may make the default collection anew', async () => {
  const here = openAgentDb({ settings: { dimension: 8 } });
  const of = (length: number) => new Float32Array(length).fill(1);
  const { id } = await here.db.storeVector({ vector: of(8) });
  await here.db.searchVectors({ vector: of(8) });
  await here.db.deleteVector({ id });
  const other = openAgentDb({ folder: here.folder, settings: { dimension: 9 } });
  await other.db.storeVector({ id: 'theirs', vector: of(9) });
  const { hits } = await here.db.searchVectors({ vector: of(9) });
  expect(hits.map((hit) => hit.id)).toEqual(['theirs']);
  await here.db.storeVector({ id: 'ours', vector: of(9) });
  expect((await other.db.searchVectors({ vector: of(9) })).hits).toHaveLength(2);
});

test('without a process for the index every vector is compared, and the answer says so', async () => {
  const entry = join(tempFolder(), 'broken.mjs');
  writeFileSync(entry, 'process.exit(3);');
  const { db } = await filled(40, { entry });
  const { hits, degraded } = await db.searchVectors({ collection, vector: row(11), k: 3 });
  expect(hits[0]).toMatchObject({ id: 'v11', metadata: { at: 11 } });
  expect(degraded).toMatch(/index cannot be had/);
});

test('with an index nothing is degraded, also where a filter is so rare that rows are read', async () => {
  const { db } = await filled(200);
  const asked = { collection, vector: row(0), filter: { at: 150 } };
  const { hits, degraded } = await db.searchVectors(asked);
  expect(hits.map(({ id }) => id)).toEqual(['v150']);
  expect(degraded).toBeNull();
});

test('vectors outlive the process; the number of collections is bounded', async () => {
  const { folder, db, stop } = openAgentDb();
  for (let at = 0; at < 32; at += 1) {
    await db.storeVector({ collection: `c${at}`, id: 'one', vector: row(at) });
  }
  const more = db.storeVector({ collection: 'more', vector: row(0) });
  await expect(more).rejects.toMatchObject({ code: 'REFUSED' });
  await stop();
  const again = openAgentDb({ folder });
  const { hits } = await again.db.searchVectors({ collection: 'c7', vector: row(7) });
  expect(hits).toMatchObject([{ id: 'one', score: expect.closeTo(1, 2) }]);
});
