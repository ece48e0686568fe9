import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { computeEntry } from '#test/support/model.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const count = 200;
const rows = clustered(count, 384, 9);
const row = (at: number) => rows.slice(at * 384, (at + 1) * 384);

/** A runtime on a folder, without a model: vectors are given. */
async function open(dataFolder = tempFolder(), engine: 'auto' | 'usearch' = 'auto') {
  const { runtime, events } = openRuntime(
    {
      ...{ 'healthMonitor.enabled': false, 'acceleration.device': 'cpu' },
      'acceleration.vectorEngine': engine,
    },
    {
      dataFolder,
      acceleration: { spawn: forkCompute(computeEntry), modelsFolder: join(dataFolder, 'none') },
    },
  );
  await runtime.start();
  return { runtime, events, dataFolder, api: new OmegaApi(runtime) };
}

const memory = (at: number) => ({
  ...{ tier: 'semantic' as const, text: `a memory with number${at}`, embedding: row(at) },
});

describe('two runtimes on one database', () => {
  it('both write at once, and each finds what the other stored', async () => {
    const one = await open();
    const other = await open(one.dataFolder);
    const ids = await Promise.all(
      Array.from({ length: count }, async (_, at) => {
        const { api } = at % 2 === 0 ? one : other;
        await api.storeVector({ collection: 'shared', id: `v${at}`, vector: row(at) });
        await api.storeEpisode({
          ...{ sessionId: 's', task: `task number${at}`, reward: 1, success: true },
          ...{ id: `e${at}`, embedding: row(at) },
        });
        return (await api.storeMemory(memory(at))).id;
      }),
    );
    for (let at = 0; at < count; at += 7) {
      for (const { api } of [one, other]) {
        const byText = await api.queryMemories({ text: `number${at}`, limit: 1 });
        expect(byText.memories[0]?.memory.id).toBe(ids[at]);
        const byVector = await api.queryMemories({ embedding: row(at), limit: 1 });
        expect(byVector).toMatchObject({ degraded: null, memories: [{ memory: { id: ids[at] } }] });
        const found = await api.searchVectors({ collection: 'shared', vector: row(at), k: 1 });
        expect(found.hits[0]?.id).toBe(`v${at}`);
        const recalled = await api.recallEpisodes({ embedding: row(at), limit: 1 });
        expect(recalled.episodes[0]?.episode.id).toBe(`e${at}`);
      }
    }
    // What one deletes and changes, the other knows.
    await one.api.deleteMemory(ids[1] ?? '');
    await one.api.updateMemory(ids[3] ?? '', { metadata: { changed: true } });
    expect(await other.api.getMemory(ids[1] ?? '')).toBeNull();
    expect((await other.api.getMemory(ids[3] ?? ''))?.metadata).toEqual({ changed: true });
    const [a, b] = await Promise.all([one.api.consolidate(), other.api.consolidate()]);
    expect(a.merged + b.merged).toBe(0);
    await one.runtime.stop();
    // The store stays open for the other.
    await other.api.storeMemory(memory(0));
    expect(Object.values(await other.runtime.parts.memory.running.current.sizes())).toContain(
      count,
    );
  });
});

describe('a database', () => {
  it('of a newer version is refused, says so, and is left as it is', async () => {
    const { runtime, dataFolder } = await open();
    await runtime.stop();
    const file = join(dataFolder, 'omega.db');
    const db = new Sqlite(file);
    db.exec('INSERT INTO schema_version (version, applied_at) VALUES (9999, 0)');
    db.close();
    const before = readFileSync(file);
    const newer = openRuntime({ 'healthMonitor.enabled': false }, { dataFolder }).runtime;
    await expect(newer.start()).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/newer Omega Studio/),
    });
    expect(newer.state).toBe('error');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dataFolder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it.each([
    ['that is no database', (file: string) => writeFileSync(file, 'not a database at all')],
    ['that was cut off', (file: string) => truncateSync(file, statSync(file).size >> 1)],
    [
      'whose pages were overwritten',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096, Math.min(bytes.length, 40_000));
        writeFileSync(file, bytes);
      },
    ],
  ])('%s is kept aside, a new one is started, and the app says so', async (_, damage) => {
    const first = await open();
    await first.api.storeMemories(Array.from({ length: 50 }, (__, at) => memory(at)));
    await first.api.queryMemories({ embedding: row(3) });
    await first.runtime.stop();
    const file = join(first.dataFolder, 'omega.db');
    damage(file);
    const damaged = readFileSync(file);
    const { runtime, api, dataFolder } = await open(first.dataFolder);
    const [kept] = readdirSync(dataFolder).filter((name) => /^omega\.db\.damaged-\d+$/.test(name));
    expect(runtime.storage.notice).toContain(kept);
    expect(readFileSync(join(dataFolder, kept ?? '')).equals(damaged)).toBe(true);
    // The saved index of the old store is not believed.
    expect((await api.queryMemories({ embedding: row(3) })).memories).toEqual([]);
    const { id } = await api.storeMemory(memory(3));
    const found = await api.queryMemories({ embedding: row(3) });
    expect(found.memories.map(({ memory: one }) => one.id)).toEqual([id]);
  });
});

it('a database too large to be checked at every start is checked after it failed', async () => {
  const first = await open();
  const { id } = await first.api.storeMemory(memory(1));
  await first.runtime.stop();
  const file = join(first.dataFolder, 'omega.db');
  const db = new Sqlite(file);
  db.exec('CREATE TABLE padding (bytes BLOB); INSERT INTO padding VALUES (zeroblob(66000000))');
  const root = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'memories'").pluck();
  const [page, pageBytes] = [Number(root.get()), Number(db.pragma('page_size', { simple: true }))];
  db.close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, (page - 1) * pageBytes);
  closeSync(handle);
  const second = await open(first.dataFolder);
  expect(second.runtime.storage.notice).toBeNull();
  await expect(second.api.getMemory(id)).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.stringMatching(/start the app again, which checks it/),
  });
  await second.runtime.stop();
  const third = await open(first.dataFolder);
  expect(third.runtime.storage.notice).toContain('omega.db.damaged-');
  expect((await third.api.storeMemory(memory(2))).id).toMatch(/./);
  await third.runtime.stop();
  expect((await open(first.dataFolder)).runtime.storage.notice).toBeNull();
});

describe('a file of an index', () => {
  it.each([
    ['overwritten', (path: string) => writeFileSync(path, Buffer.alloc(50_000, 0x5a))],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['cut off', (path: string) => truncateSync(path, statSync(path).size >> 1)],
    [
      'with a bit that flipped',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x10;
        writeFileSync(path, bytes);
      },
    ],
  ])('that is %s is made anew, and answers are right', async (_, damage) => {
    const many = 2_000;
    const large = clustered(many, 384, 13);
    const vector = (at: number) => large.slice(at * 384, (at + 1) * 384);
    const first = await open(tempFolder(), 'usearch');
    const ids = (
      await first.api.storeMemories(
        Array.from({ length: many }, (__, at) => ({ ...memory(at), embedding: vector(at) })),
      )
    ).map(({ id }) => id);
    const { vectors } = first.runtime.acceleration ?? {};
    await vectors?.openOver(first.runtime.storage.memories.vectors(384)).ready();
    await first.api.queryMemories({ embedding: vector(0) });
    await first.runtime.stop();
    const folder = join(first.dataFolder, 'indexes');
    const files = readdirSync(folder).filter((name) => name.endsWith('.index'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) damage(join(folder, name));
    const { api } = await open(first.dataFolder, 'usearch');
    for (let at = 0; at < many; at += 101) {
      const found = await api.queryMemories({ embedding: vector(at), limit: 1 });
      expect(found).toMatchObject({ degraded: null, memories: [{ memory: { id: ids[at] } }] });
    }
  });
});
