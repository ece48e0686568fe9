import { expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { systemClock } from '#main/core/clock.ts';
import { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { EmbeddingsPart } from '#main/runtime/parts/embeddings-part.ts';
import { StoragePart } from '#main/runtime/parts/storage-part.ts';
import { configDefaults, withChange } from '#shared/config.ts';
import { changing } from '#test/support/changing.ts';
import { computeEntry, modelsFolder } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

test('hnswM and hnswEf of the configuration reach the graph that answers', async () => {
  const dataFolder = tempFolder();
  const config = changing(withChange(configDefaults, { 'acceleration.vectorEngine': 'usearch' }));
  const board = new DegradationBoard({
    consequences: [],
    onEnter: () => undefined,
    onLeave: () => undefined,
  });
  const storage = new StoragePart(dataFolder, systemClock, board);
  const acceleration = { spawn: forkCompute(computeEntry), modelsFolder };
  const part = new EmbeddingsPart({ dataFolder, config, acceleration }, storage, board);
  storage.start();
  part.start();
  onTestFinished(async () => {
    await part.stop(AbortSignal.timeout(10_000));
    storage.stop();
  });
  const things = part.running.current.vectors?.open('things', 8);
  const rows = clustered(1_200, 8);
  await things?.upsert(
    Array.from({ length: 1_200 }, (_, at) => {
      return { id: `v${at}`, vector: rows.subarray(at * 8, at * 8 + 8), metadata: {} };
    }),
  );
  await things?.ready();
  expect(things?.describe().record.choice).not.toHaveProperty('links');
  config.set(withChange(config.current, { 'agentdb.hnswM': 24, 'agentdb.hnswEf': 50 }));
  await things?.ready();
  const { choice, effort } = things?.describe().record ?? {};
  expect(choice).toMatchObject({ engine: 'usearch', links: 24, ef: 50 });
  expect(effort).toBe(50);
});
