import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ComputeChild } from '#main/acceleration/compute/compute-port.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { vectorSearchDomain } from '#main/meta-sona/domains/vector-search-domain.ts';
import { Storage } from '#main/storage/storage.ts';
import { intelligenceSpecSchema } from '#shared/intelligence.ts';
import { computeEntry } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const dimensions = 8;
const spec = intelligenceSpecSchema.parse({ name: 'fast', domain: 'vector-search' });
const point = { engine: 'usearch', quantisation: 'f16', links: 16, ef: 64 };
const { signal } = new AbortController();

/** The domain over a collection of so many vectors; what it tries with runs in processes that a test may end. */
async function open(count: number) {
  const folder = tempFolder();
  const storage = new Storage(folder, systemClock);
  const children: ComputeChild[] = [];
  const fork = forkCompute(computeEntry);
  const index = new VectorIndex({
    spawn: () => {
      const child = fork();
      children.push(child);
      return child;
    },
    store: storage.vectors,
    folder: join(folder, 'indexes'),
    engine: fixed('exact'),
  });
  onTestFinished(() => index.dispose().then(() => storage.dispose()));
  const rows = clustered(count, dimensions);
  await index.open('things', dimensions).upsert(
    Array.from({ length: count }, (_, at) => ({
      id: `v${at}`,
      vector: rows.subarray(at * dimensions, (at + 1) * dimensions),
      metadata: {},
    })),
  );
  return { children, domain: vectorSearchDomain(index.openTrials.bind(index)) };
}

test('points are measured on the largest collection, and a crash or a cancellation is one trial lost', async () => {
  const { children, domain } = await open(4_000);
  const bench = await domain.open(spec, signal);
  onTestFinished(() => bench.dispose());
  expect(bench.about).toContain('of 4000 vectors of things');
  expect(bench.inForce).toEqual({ engine: 'exact' });
  const found = await bench.evaluate(point, 'search', 0, signal);
  expect(found.quality).toBeGreaterThan(0.9);
  expect(found.figures.queriesPerSecond).toBeGreaterThan(0);
  const own = await bench.evaluate({ engine: 'exact' }, 'held-out', 0, signal);
  expect(own.quality).toBe(1);

  // What an engine that takes its process down, or never returns, is to those that come after it.
  const dying = bench.evaluate({ ...point, links: 48 }, 'search', 0, signal);
  children.at(-1)?.kill();
  await expect(dying).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect((await bench.evaluate(point, 'search', 1, signal)).quality).toBeGreaterThan(0.9);
  const before = children.length;
  const end = new AbortController();
  const hanging = bench.evaluate({ ...point, links: 32 }, 'search', 0, end.signal);
  end.abort();
  await expect(hanging).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await bench.evaluate(point, 'search', 2, signal)).quality).toBeGreaterThan(0.9);
  expect(children.length).toBeGreaterThan(before);
});

test('a collection that is compared whole has nothing to tune', async () => {
  const { domain } = await open(300);
  const opening = domain.open(spec, signal);
  await expect(opening).rejects.toMatchObject({
    code: 'NOT_AVAILABLE',
    message: expect.stringContaining('300 vectors'),
  });
});
