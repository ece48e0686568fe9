import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { Storage } from '#main/storage/storage.ts';
import { figure } from '#test/support/figures.ts';
import { computeEntry } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const dimensions = 8;
const rows = clustered(40, dimensions);
const row = (at: number) => rows.subarray(at * dimensions, (at + 1) * dimensions);

/** An app's index on a data folder; `entry` is the compute process' program. */
function start(folder: string, entry = computeEntry) {
  const storage = new Storage(folder, systemClock);
  const metrics = createMetrics();
  const index = new VectorIndex({
    spawn: forkCompute(entry),
    store: storage.vectors,
    folder: join(folder, 'vectors'),
    engine: fixed('auto'),
    metrics,
  });
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= index.dispose().then(() => storage.dispose());
    return stopped;
  };
  onTestFinished(stop);
  return { index, metrics, stop };
}

async function filled(folder: string): Promise<void> {
  const { index, stop } = start(folder);
  for (const name of ['one', 'two']) {
    const records = Array.from({ length: 20 }, (_, at) => ({
      id: `v${at}`,
      vector: row(at),
      metadata: {},
    }));
    await index.open(name, dimensions).upsert(records);
  }
  await stop();
}

test('all indexes that there are can be opened before anyone searches', async () => {
  const folder = tempFolder();
  await filled(folder);
  const { index, metrics } = start(folder);
  expect(index.health).toMatchObject({ status: 'unknown' });
  expect(index.expectedMb).toBeGreaterThan(0);
  await index.openAll(new AbortController().signal);
  expect(index.pid).toBeGreaterThan(0);
  expect(index.health).toEqual({ part: 'vector search', status: 'healthy', reason: null });
  expect(index.open('two', dimensions).describe().size).toBe(20);
  expect(await figure(metrics, 'omega_vector_search_seconds_count{by="index"}')).toBeNaN();
  expect((await index.open('two', dimensions).search(row(3), { k: 1 }))[0]?.id).toBe('v3');
  expect(await figure(metrics, 'omega_vector_search_seconds_count{by="index"}')).toBe(1);
});

test('with nothing to open no process is started', async () => {
  const { index } = start(tempFolder());
  await index.openAll(new AbortController().signal);
  expect([index.pid, index.expectedMb]).toEqual([undefined, 0]);
});

test('a process that keeps dying is said, and what was answered without it is counted', {
  timeout: 60_000,
}, async () => {
  const folder = tempFolder();
  await filled(folder);
  const { index, metrics } = start(folder, join(import.meta.dirname, 'no-such-entry.ts'));
  const collection = index.open('one', dimensions);
  for (let times = 0; times < 3; times += 1) {
    expect((await collection.search(row(3), { k: 1 }))[0]?.id).toBe('v3');
  }
  expect(index.health).toMatchObject({ status: 'degraded' });
  expect(await figure(metrics, 'omega_vector_search_seconds_count{by="store"}')).toBe(3);
  expect(await collection.remove(['v3'])).toBe(1);
  expect(await figure(metrics, 'omega_vector_written_total{what="removed"}')).toBe(1);
});
