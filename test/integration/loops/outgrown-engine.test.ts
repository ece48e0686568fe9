import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { enginePort } from '#main/api/engine-port.ts';
import { systemClock } from '#main/core/clock.ts';
import { ConfigStore } from '#main/core/config/config-store.ts';
import { livePart } from '#main/core/live.ts';
import { changeEngine, restoreEngine } from '#main/loops/transformative/change-engine.ts';
import { vectorSearchDomain } from '#main/meta-sona/domains/vector-search-domain.ts';
import { MetaSona } from '#main/meta-sona/meta-sona.ts';
import type { Choice } from '#main/meta-sona/space/dimension.ts';
import { SearchSpace } from '#main/meta-sona/space/search-space.ts';
import { Storage } from '#main/storage/storage.ts';
import type { LoopCycle } from '#shared/loops.ts';
import { computeEntry } from '#test/support/model.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const dimensions = 128;
const { signal } = new AbortController();
const choice = (name: string, ...values: (string | number)[]): Choice => ({
  ...{ type: 'choice', name, values },
  ...(name === 'engine' ? {} : { when: { of: 'engine', in: ['usearch'] } }),
});
/** A few points of the real space, each measured in moments. */
const few = new SearchSpace([
  choice('engine', 'exact', 'usearch'),
  choice('quantisation', 'f16'),
  choice('links', 16),
  choice('ef', 96),
]);
/** Five rounds of each in the last comparison; no time decides. */
const budget = { evaluations: 30, seconds: 60 };
const exactOnly = new SearchSpace([choice('engine', 'exact')]);

/** A real collection, index, configuration and Meta-SONA, with what the loop sees of them. */
async function open(count: number) {
  const folder = tempFolder();
  const storage = new Storage(folder, systemClock);
  onTestFinished(() => storage.dispose());
  const none = () => undefined;
  const config = await ConfigStore.open({
    ...{ folder, env: {}, watch: false, onChange: none, onError: none },
  });
  onTestFinished(() => config.dispose());
  const index = new VectorIndex({
    spawn: forkCompute(computeEntry),
    store: storage.vectors,
    folder: join(folder, 'indexes'),
    engine: livePart(config, (all) => all.acceleration.vectorEngine),
  });
  onTestFinished(() => index.dispose());
  const things = index.open('things', dimensions);
  const rows = clustered(count, dimensions);
  const row = (at: number) => rows.subarray(at * dimensions, (at + 1) * dimensions);
  const grow = (from: number, upTo: number) =>
    things.upsert(
      Array.from({ length: upTo - from }, (_, at) => {
        return { id: `v${from + at}`, vector: row(from + at), metadata: {} };
      }),
    );
  let space = few;
  const sona = new MetaSona({
    domains: async () => [{ ...vectorSearchDomain(index.openTrials.bind(index)), space }],
    ...{ store: storage.intelligences, config, clock: systemClock, emit: none },
    setConfig: (change) => config.set(change),
  });
  onTestFinished(() => sona.dispose());
  const port = enginePort({ config, sona: () => sona, vectors: () => index, budget: () => budget });
  const history: LoopCycle[] = [];
  /** A cycle, kept as the engine of the loops keeps it. */
  const cycle = async () => {
    const id = systemClock.id();
    const found = await changeEngine(port, history, { id: () => id, seed: 1, signal });
    const output = { results: { engine: found.results }, actions: [...found.actions] };
    history.unshift({ id, output } as unknown as LoopCycle);
    return found;
  };
  const search = (to: SearchSpace) => {
    space = to;
  };
  return { config, things, row, grow, sona, port, cycle, search };
}

test('an engine that an intelligence set is changed when the vectors outgrew it, and is back when that is taken back', async () => {
  const { config, things, row, grow, sona, port, cycle, search } = await open(4_500);
  await grow(0, 4_500);
  search(exactOnly);
  const made = await sona.createIntelligence({
    ...{ name: 'exact', domain: 'vector-search', budget: { evaluations: 4, seconds: 30 } },
  });
  await sona.applications.apply(made);
  search(few);
  const done = await cycle();
  expect(done.actions).toMatchObject([
    { state: 'done', parameters: { before: { engine: 'exact' }, after: { engine: 'usearch' } } },
  ]);
  expect(done.quality).toBeGreaterThanOrEqual(0.99);
  expect(config.current.acceleration.vectorEngine).toBe('usearch');
  await things.search(row(7), { k: 1 });
  await things.ready();
  expect(things.describe().record.choice).toMatchObject({ engine: 'usearch' });
  expect((await things.search(row(7), { k: 1 }))[0]?.id).toBe('v7');
  expect(await cycle()).toMatchObject({ actions: [], insights: [] });

  const [action] = done.actions;
  if (!action) throw new Error('Nothing was done.');
  await restoreEngine(port, action);
  expect(config.current.acceleration.vectorEngine).toBe('exact');
  await expect(restoreEngine(port, action)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await cycle()).toMatchObject({ actions: [], insights: [] });
});
