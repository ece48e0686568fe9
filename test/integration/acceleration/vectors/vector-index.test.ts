import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { EngineSetting } from '#main/acceleration/vectors/choice/what-to-do.ts';
import type { VectorHit } from '#main/acceleration/vectors/vector-collection.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { systemClock } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import { Storage } from '#main/storage/storage.ts';
import { computeEntry } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered, hasFaiss } from '#test/support/vectors.ts';

const dimensions = 16;
const rows = clustered(6_000, dimensions);
const row = (at: number) => rows.subarray(at * dimensions, (at + 1) * dimensions);
const records = (from: number, to: number, shift = 0) =>
  Array.from({ length: to - from }, (_, at) => ({
    id: `v${from + at}`,
    vector: row(from + at + shift),
    metadata: { group: (from + at) % 100, even: (from + at) % 2 === 0 },
  }));

class Setting implements Live<EngineSetting> {
  current: EngineSetting;
  readonly #listeners: ((next: EngineSetting, previous: EngineSetting) => void)[] = [];
  constructor(current: EngineSetting) {
    this.current = current;
  }
  listen(listener: (next: EngineSetting, previous: EngineSetting) => void) {
    this.#listeners.push(listener);
    return () => undefined;
  }
  change(next: EngineSetting): void {
    const previous = this.current;
    this.current = next;
    for (const listener of this.#listeners) listener(next, previous);
  }
}

/** An app's index on a data folder, as a start of the app opens it. */
function start(folder = tempFolder(), engine: EngineSetting = 'auto', entry = computeEntry) {
  const storage = new Storage(folder, systemClock);
  const setting = new Setting(engine);
  const index = new VectorIndex({
    spawn: forkCompute(entry),
    store: storage.vectors,
    folder: join(folder, 'vectors'),
    engine: setting,
  });
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= index.dispose().then(() => storage.dispose());
    return stopped;
  };
  onTestFinished(stop);
  return { folder, index, setting, collection: index.open('things', dimensions), stop };
}

const exactIds = (query: Float32Array, from: number, to: number, k = 10) =>
  Array.from({ length: to - from }, (_, at) => {
    const score = query.reduce((sum, value, i) => sum + value * (row(from + at)[i] ?? 0), 0);
    return { id: `v${from + at}`, score };
  })
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ id }) => id);

/**
 * Hits of searches for vectors by themselves: every score is that of its id, and all but a few found
 * themselves. A graph that several threads build leaves some of thousands without an edge to them.
 */
function expectThemselves(answers: readonly (readonly [number, readonly VectorHit[]])[]): void {
  let themselves = 0;
  for (const [at, hits] of answers) {
    for (const { id, score } of hits) {
      const own = row(Number(id.slice(1)));
      const right = row(at).reduce((sum, value, i) => sum + value * (own[i] ?? 0), 0);
      expect(score, `${id} for v${at}`).toBeCloseTo(right, 1.4);
    }
    if (hits[0]?.id === `v${at}`) themselves += 1;
  }
  expect(themselves).toBeGreaterThanOrEqual(Math.floor(answers.length * 0.98));
}

test('what was written is found by the next search, replaced and removed ones are not', async () => {
  const { collection } = start();
  await collection.upsert(records(0, 50));
  expect((await collection.search(row(7), { k: 1 }))[0]?.id).toBe('v7');
  await collection.upsert([{ id: 'v7', vector: row(4_000), metadata: {} }]);
  expect((await collection.search(row(7), { k: 1 }))[0]?.id).not.toBe('v7');
  expect((await collection.search(row(4_000), { k: 1 }))[0]?.id).toBe('v7');
  expect(await collection.remove(['v7', 'nothing'])).toBe(1);
  const all = await collection.search(row(4_000), { k: 100 });
  expect(all).toHaveLength(49);
  expect(all.map(({ id }) => id)).not.toContain('v7');
  expect(collection.size).toBe(49);
});

test('hostile input is refused by name and writes nothing', async () => {
  const { collection } = start();
  const bad = Float32Array.from(row(0));
  bad[3] = Number.NaN;
  const invalid = { code: 'INVALID_INPUT' };
  const write = (vector: Float32Array, id = 'x', metadata = {}) =>
    collection.upsert([...records(0, 3), { id, vector, metadata }]);
  await expect(write(bad)).rejects.toMatchObject({ ...invalid, details: { position: 0 } });
  await expect(write(new Float32Array(3))).rejects.toThrow(/3 numbers; this collection holds 16/);
  await expect(write(row(0), '')).rejects.toMatchObject(invalid);
  await expect(write(row(0), 'x', { big: 'y'.repeat(70_000) })).rejects.toMatchObject(invalid);
  await expect(collection.search(bad)).rejects.toMatchObject(invalid);
  await expect(collection.search(row(0), { k: 0 })).rejects.toMatchObject(invalid);
  const injected = { filter: { "a') OR 1=1 --": 1 } };
  await collection.upsert(records(0, 1));
  await expect(collection.search(row(0), injected)).rejects.toMatchObject(invalid);
  expect(collection.size).toBe(1);
  await expect(collection.add(records(0, 2))).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(collection.size).toBe(1);
});

test('a filter gives as many as match, however few, and all kinds of values', async () => {
  const { collection } = start();
  await collection.upsert(records(0, 3_000));
  const common = await collection.search(row(1), { k: 10, filter: { even: true } });
  expect(common).toHaveLength(10);
  for (const { id } of common) expect(collection.get(id)?.metadata).toMatchObject({ even: true });
  const rare = await collection.search(row(1), { k: 1_000, filter: { group: 7 } });
  expect(rare).toHaveLength(30);
  const both = await collection.search(row(1), { k: 100, filter: { group: [7, 8], even: true } });
  expect(both.map(({ id }) => collection.get(id)?.metadata.group)).toEqual(Array(30).fill(8));
  expect(await collection.search(row(1), { filter: { group: true } })).toEqual([]);
});

test('a grown collection gets the engine that was measured to be best, and says why', async () => {
  const { collection } = start();
  await collection.upsert(records(0, 5_000));
  await collection.ready();
  const { record, problem } = collection.describe();
  expect(problem).toBeNull();
  expect(record.trials.length).toBeGreaterThan(3);
  const faiss = record.trials.filter(({ choice }) => choice.engine.startsWith('faiss'));
  for (const trial of faiss) expect(trial.problem === null).toBe(hasFaiss);
  for (const trial of record.trials.filter((one) => one.problem === null)) {
    expect(trial.queriesPerSecond).toBeGreaterThan(0);
    expect(trial.recallAt10).toBeGreaterThan(0.5);
  }
  let hits = 0;
  for (let at = 5_000; at < 5_100; at += 1) {
    const truth = new Set(exactIds(row(at), 0, 5_000));
    for (const { id } of await collection.search(row(at))) if (truth.has(id)) hits += 1;
  }
  expect(hits / 1_000).toBeGreaterThanOrEqual(0.97);
});

test('a changed setting changes the engine while searches go on', async () => {
  const { collection, setting } = start(undefined, 'exact');
  await collection.upsert(records(0, 3_000));
  await collection.ready();
  expect(collection.describe().record.choice).toEqual({ engine: 'exact' });
  setting.change('usearch');
  let searches = 0;
  const answers: [number, readonly VectorHit[]][] = [];
  // Several at once, so that some are under way when it changes.
  const ask = async (): Promise<void> => {
    while (collection.describe().working !== null) {
      const at = searches++ % 3_000;
      answers.push([at, await collection.search(row(at), { k: 1 })]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  expect(searches).toBeGreaterThan(0);
  expect(collection.describe().record.choice.engine).toBe('usearch');
  for (let at = 0; at < 100; at += 1) {
    answers.push([at, await collection.search(row(at), { k: 1 })]);
  }
  expectThemselves(answers);
});

test('removals make the index anew, and nothing of what is left is lost', async () => {
  const { collection } = start(undefined, 'usearch');
  await collection.upsert(records(0, 3_000));
  await collection.ready();
  await collection.remove(records(0, 1_500).map(({ id }) => id));
  await collection.search(row(0));
  await collection.ready();
  expect(collection.describe()).toMatchObject({ removed: 0, size: 1_500, vectors: 1_500 });
  const answers: [number, readonly VectorHit[]][] = [];
  for (let at = 1_500; at < 3_000; at += 10) {
    answers.push([at, await collection.search(row(at), { k: 1 })]);
  }
  expectThemselves(answers);
});

test('killed with -9 in mid-search, every caller gets the right answer from a new process', async () => {
  const { collection, index } = start(undefined, 'usearch');
  await collection.upsert(records(0, 2_000));
  await collection.ready();
  const { pid } = index;
  const answers = Promise.all(
    Array.from({ length: 200 }, (_, at) => collection.search(row(at), { k: 1 })),
  );
  process.kill(pid ?? 0, 'SIGKILL');
  expectThemselves([...(await answers).entries()]);
  expect(index.pid).not.toBe(pid);
});

test('a process that cannot live leaves searches exact, slow and counted', async () => {
  const broken = join(tempFolder(), 'broken.mjs');
  writeFileSync(broken, 'process.exit(3);');
  const { collection } = start(undefined, 'auto', broken);
  await collection.upsert(records(0, 300));
  const hits = await collection.search(row(301));
  expect(hits.map(({ id }) => id)).toEqual(exactIds(row(301), 0, 300));
  expect(collection.describe().scans).toBe(1);
});

test('a restart opens the saved index; one that does not belong to the store is not believed', async () => {
  const first = start(undefined, 'usearch');
  await first.collection.upsert(records(0, 2_000));
  await first.collection.ready();
  await first.collection.remove(['v3']);
  await first.stop();

  const second = start(first.folder, 'usearch');
  await second.collection.upsert([{ id: 'late', vector: row(5_500), metadata: {} }]);
  expect(await second.collection.search(row(5_500), { k: 1 })).toMatchObject([{ id: 'late' }]);
  expect(second.collection.describe().record.choice.engine).toBe('usearch');
  expect((await second.collection.search(row(3), { k: 1 }))[0]?.id).not.toBe('v3');
  await second.stop();

  const saved = join(first.folder, 'vectors');
  const [file] = readdirSync(saved).filter((name) => name.endsWith('.index'));
  writeFileSync(join(saved, file ?? ''), Buffer.alloc(100_000, 0x5a));
  const third = start(first.folder, 'usearch');
  expect(await third.collection.search(row(9), { k: 1 })).toMatchObject([{ id: 'v9' }]);
  await third.collection.ready();
  expect(third.collection.describe()).toMatchObject({ size: 2_000, problem: null });
});

test('what another process of the app writes and removes is seen', async () => {
  const here = start();
  await here.collection.upsert(records(0, 20));
  await here.collection.search(row(0));
  const other = start(here.folder);
  await other.collection.upsert(records(20, 40));
  await other.collection.remove(['v0']);
  expect((await here.collection.search(row(30), { k: 1 }))[0]?.id).toBe('v30');
  const all = await here.collection.search(row(0), { k: 100 });
  expect(all).toHaveLength(39);
});
