import { expect, test } from 'vitest';
import { openEngine } from '#main/acceleration/vectors/engines/open-engine.ts';
import { RecallProbe } from '#main/acceleration/vectors/index/recall-probe.ts';
import { clustered } from '#test/support/vectors.ts';

const dimensions = 24;
const rows = clustered(5_000, dimensions);
const keys = Float64Array.from({ length: 5_000 }, (_, key) => key);
const queries = clustered(300, dimensions, 77);

async function tuned(target: number) {
  const engine = openEngine({ engine: 'usearch', quantisation: 'bf16' }, dimensions, 2);
  const probe = new RecallProbe(queries, dimensions);
  probe.see(keys, rows);
  engine.add(keys, rows);
  return { figures: await probe.tune(engine, target), effort: engine.effort };
}

test('more recall takes more effort, and none that is reached for nothing', async () => {
  const little = await tuned(0.5);
  const much = await tuned(0.995);
  expect(little.effort).toBe(32);
  expect(much.effort).toBeGreaterThanOrEqual(little.effort);
  expect(much.figures.recallAt10).toBeGreaterThanOrEqual(little.figures.recallAt10);
  expect(much.figures).toMatchObject({ effort: much.effort, probes: 300 });
});

test('a target that nothing reaches gets the greatest effort, and the true figure', async () => {
  const { figures } = await tuned(1.1);
  expect(figures.effort).toBe(512);
  expect(figures.recallAt10).toBeLessThanOrEqual(1);
});
