import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { systemClock } from '#main/core/clock.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import { fixed } from '#main/core/live.ts';
import { create } from '#main/meta-sona/create.ts';
import { vectorSpace } from '#main/meta-sona/domains/vector-search.ts';
import { vectorSearchDomain } from '#main/meta-sona/domains/vector-search-domain.ts';
import { Storage } from '#main/storage/storage.ts';
import { intelligenceSpecSchema, type Measured } from '#shared/intelligence.ts';
import { benchCorpus } from '../setup.ts';
import { rounded } from '../statistics.ts';
import { type Grid, worthOf } from './grid.ts';
import { type HonestFigures, honestFigures, scoresEach } from './honest.ts';
import type { ReplayOptions } from './replay.ts';

const compute = join(import.meta.dirname, '..', '..', 'src/main/acceleration/compute/main.ts');
const { signal } = new AbortController();
/** Evaluations of the candidate whose interval is looked at. */
const honestEvaluations = 30;

/** What one search on this machine came to. */
export type LiveFigures = {
  readonly seconds: number;
  readonly evaluations: number;
  readonly before: Measured | null;
  readonly best: Measured | undefined;
  /** What the grid says its choice is worth, over the grid's best. */
  readonly reached: number;
  readonly fitness: HonestFigures;
};

/** Searches for real, as `omega tune vector-search` does, in a collection of real vectors. */
export async function liveVectors(
  grid: Grid,
  { evaluations, mctsIterations, ppoLearningRate }: ReplayOptions,
  rows: number,
): Promise<LiveFigures> {
  const resources = new DisposableStore();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'omega-bench-'));
    resources.add({ dispose: () => rm(folder, { recursive: true, force: true }) });
    const domain = vectorSearchDomain(await collection(folder, rows, resources));
    const budget = { evaluations, seconds: 300 };
    const spec = intelligenceSpecSchema.parse({ name: 'live', domain: 'vector-search', budget });
    const settings = { mctsIterations, ppoLearningRate, evolutionEnabled: true };
    const began = performance.now();
    const created = await create({ domain, spec, settings, onTrial: () => undefined }, signal);
    const seconds = rounded((performance.now() - began) / 1_000);
    const [best] = created.ranked;
    const cell = grid.cells.find(
      ({ point }) => best && vectorSpace.keyOf(point) === vectorSpace.keyOf(best.point),
    );
    const most = Math.max(...grid.cells.map(worthOf));
    const bench = await domain.open(spec, signal);
    resources.add(bench);
    const scores: number[] = [];
    for (let turn = 0; best && turn < honestEvaluations * scoresEach; turn++) {
      scores.push((await bench.evaluate(best.point, 'held-out', turn, signal)).score);
    }
    return {
      seconds,
      evaluations: created.evaluations,
      before: created.before,
      best,
      reached: cell ? rounded(worthOf(cell) / most, 3) : 0,
      fitness: honestFigures(scores),
    };
  } finally {
    await resources.dispose();
  }
}

async function collection(folder: string, rows: number, resources: DisposableStore) {
  const storage = resources.add(new Storage(folder, systemClock));
  const { base, dimensions } = await benchCorpus(rows < 20_000);
  const index = resources.add(
    new VectorIndex({
      spawn: forkCompute(compute),
      store: storage.vectors,
      folder: join(folder, 'indexes'),
      engine: fixed('auto'),
    }),
  );
  const vectors = index.open('bench', dimensions);
  for (let at = 0; at < rows; at += 1_000) {
    const page = Array.from({ length: Math.min(1_000, rows - at) }, (_, offset) => ({
      id: `v${at + offset}`,
      // A short corpus is used several times over; what is measured is that it runs.
      vector: row(base, dimensions, at + offset),
      metadata: {},
    }));
    await vectors.upsert(page);
  }
  await vectors.ready();
  return index.openTrials.bind(index);
}

function row(base: Float32Array, dimensions: number, at: number): Float32Array {
  const own = at % (base.length / dimensions);
  return base.slice(own * dimensions, (own + 1) * dimensions);
}
