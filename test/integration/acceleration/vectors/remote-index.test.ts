import { availableParallelism } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { RemoteIndex } from '#main/acceleration/vectors/collection/remote-index.ts';
import { VectorProcess } from '#main/acceleration/vectors/vector-process.ts';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { CollectionSource } from '#main/storage/vectors/collection-source.ts';
import { computeEntry } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

function source() {
  const storage = new Storage(tempFolder(), systemClock);
  const process = new VectorProcess(forkCompute(computeEntry));
  onTestFinished(() => {
    process.dispose();
    storage.dispose();
  });
  const store = storage.vectors;
  const vectors = new CollectionSource(store, store.collections.open('things', 16));
  return { process, vectors, threads: availableParallelism(), gpu: async () => null };
}

test('an index that is closed still answers what it was asked, and nothing after', async () => {
  const index = await RemoteIndex.open(source(), { engine: 'exact' });
  const rows = clustered(8_000, 16);
  await index.add({ keys: Float64Array.from({ length: 8_000 }, (_, key) => key), rows });
  const asked = Array.from({ length: 200 }, (_, at) =>
    index.search(rows.slice(at * 16, (at + 1) * 16), 1),
  );
  index.close();
  const found = await Promise.all(asked);
  expect(found.map(({ keys }) => keys[0])).toEqual(Array.from({ length: 200 }, (_, at) => at));
  await expect(index.search(rows.slice(0, 16), 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('an order that fails is an error of its own, and the index goes on', async () => {
  const index = await RemoteIndex.open(source(), { engine: 'exact' });
  await index.add({ keys: Float64Array.of(1), rows: clustered(1, 16) });
  await expect(index.measure(0.99)).rejects.toMatchObject({ code: 'INTERNAL' });
  await expect(index.save('/nowhere/at/all')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const { keys } = await index.search(clustered(1, 16), 3);
  expect([...keys]).toEqual([1, -1, -1]);
});
