import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { type IndexSetting, ownIndex } from '#main/acceleration/vectors/choice/index-setting.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { Storage } from '#main/storage/storage.ts';
import { changing } from '#test/support/changing.ts';
import { computeEntry } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered, hasFaiss } from '#test/support/vectors.ts';

const dimensions = 16;
const rows = clustered(2_000, dimensions);
const records = Array.from({ length: 2_000 }, (_, at) => ({
  id: `v${at}`,
  vector: rows.subarray(at * dimensions, (at + 1) * dimensions),
  metadata: {},
}));

describe.each(hasFaiss ? (['usearch', 'faiss-hnsw'] as const) : (['usearch'] as const))(
  'the graph of %s',
  (engine) => {
    test('is made anew with the links that are set, and searched as far as is set', async () => {
      const folder = tempFolder();
      const storage = new Storage(folder, systemClock);
      const graph = changing<IndexSetting>(ownIndex);
      const index = new VectorIndex({
        spawn: forkCompute(computeEntry),
        store: storage.vectors,
        folder: join(folder, 'vectors'),
        engine: fixed(engine),
        graph,
      });
      onTestFinished(() => index.dispose().then(() => storage.dispose()));
      const things = index.open('things', dimensions);
      await things.upsert(records);
      await things.ready();
      const own = await things.save();
      expect(things.describe().record.choice).not.toHaveProperty('links');

      graph.set({ ...ownIndex, links: 64, ef: 0 });
      await things.ready();
      expect(things.describe().record).toMatchObject({ choice: { engine, links: 64 } });
      const wide = await things.save();
      // Each link is 4 bytes or more: were the setting only noted, the file would be as long.
      expect((wide ?? 0) - (own ?? 0)).toBeGreaterThan(2_000 * 64);

      graph.set({ ...ownIndex, links: 64, ef: 20 });
      await things.ready();
      const few = things.describe().record;
      expect(few.effort).toBe(20);
      graph.set({ ...ownIndex, links: 64, ef: 2_000 });
      await things.ready();
      const all = things.describe().record;
      expect(all.effort).toBe(2_000);
      // Not compared with `few`: a graph that two threads build misses a row now and then, and both
      // find nearly all. That it looks at more of the rows is seen in what it takes.
      expect(all.figures?.recallAt10).toBeGreaterThan(0.97);
      expect(all.figures?.queriesPerSecond).toBeLessThan(few.figures?.queriesPerSecond ?? 0);
      const [first] = await things.search(rows.subarray(0, dimensions), { k: 1 });
      expect(first?.id).toBe('v0');
    });
  },
);
