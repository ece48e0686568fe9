import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DeviceEngine } from '#main/acceleration/vectors/engines/device-engine.ts';
import { ExactEngine } from '#main/acceleration/vectors/engines/exact-engine.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const dimensions = 12;
const count = 40_000;
const rows = clustered(count, dimensions);
const keys = Float64Array.from({ length: count }, (_, at) => at * 2 + 1);
const queries = clustered(7, dimensions, 5);

async function found(device: 'cpu' | 'cuda') {
  const engine = new DeviceEngine(device, dimensions);
  engine.add(keys, rows);
  const path = join(tempFolder(), 'rows');
  engine.save(path);
  const again = new DeviceEngine(device, dimensions);
  again.restore(path);
  const found = await again.search(queries, 10);
  return { found, counters: await again.counters() };
}

function exact() {
  const engine = new ExactEngine(dimensions);
  engine.add(keys, rows);
  return engine.search(queries, 10);
}

test('the graph of onnxruntime finds what comparing one by one finds', async () => {
  const { found: onDevice, counters } = await found('cpu');
  // No fault: it was the graph that answered, on the provider of the processor.
  expect(counters).toMatchObject({ cpu: 1, fallbacks: { driver: 0, memory: 0 } });
  expect(onDevice.keys).toEqual(exact().keys);
  for (const [at, score] of exact().scores.entries()) {
    expect(onDevice.scores[at]).toBeCloseTo(score, 5);
  }
});

test('a device that does not open leaves the search to the processor', async () => {
  const { found: fellBack, counters } = await found('cuda');
  expect(fellBack.keys).toEqual(exact().keys);
  expect(counters.fallbacks.driver + counters.gpu).toBe(1);
});
