import { openEvolutionary } from '#main/api/open-evolving-loops.ts';
import { systemClock } from '#main/core/clock.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import type { Domain } from '#main/meta-sona/domains/domain.ts';
import { isClearlyBetter, measuredOf } from '#main/meta-sona/evaluate/measured.ts';
import { MetaSona } from '#main/meta-sona/meta-sona.ts';
import type { Point } from '#main/meta-sona/space/dimension.ts';
import type { ConfigChange } from '#shared/config.ts';
import { intelligenceSpecSchema, type Measured } from '#shared/intelligence.ts';
import { mean, rounded } from '../statistics.ts';
import { makeProject } from '../synthetic-project.ts';
import { type GradedApp, gradedApp } from './generation-grid.ts';

/** What cycles of the evolutionary loop came to, each from a seed of its own. */
export type EvolutionFigures = {
  readonly seeds: number;
  /** Seeds in which the strategy in force after the cycle scores above the one before it, 95 % intervals apart. */
  readonly apart: number;
  /** Seeds in which the loop put another strategy in force. */
  readonly applied: number;
  /** Mean scores on services of a project that no search and no choice has seen. */
  readonly before: number;
  readonly after: number;
  readonly secondsPerSeed: number;
};

/** How both strategies are measured in the end: so often, in turn. */
const turns = 16;
/** What is in force at first: neither the best provider nor its best warmth. */
const mediocre: ConfigChange = {
  'providers.use': 'openai',
  'providers.temperature': 0.8,
  'providers.ensemble': 'off',
  'providers.repairRounds': 0,
  'providers.contextTokens': 8_000,
};

const { signal } = new AbortController();

/** Runs a cycle of the loop from each seed, and measures what it changed on a project kept from it. */
export async function evolutionFigures(short: boolean): Promise<EvolutionFigures> {
  const seeds = short ? 1 : 10;
  const began = performance.now();
  const all: Evolved[] = [];
  for (let seed = 1; seed <= seeds; seed++) all.push(await evolve(seed, short ? 4 : turns));
  const score = (of: (one: Evolved) => Measured): number =>
    rounded(mean(all.map((one) => of(one).score.mean)), 3);
  return {
    seeds,
    apart: all.filter(({ before, after }) => isClearlyBetter(after, before)).length,
    applied: all.filter(({ isApplied }) => isApplied).length,
    before: score(({ before }) => before),
    after: score(({ after }) => after),
    secondsPerSeed: rounded((performance.now() - began) / 1_000 / seeds, 1),
  };
}

/** The strategies before and after one cycle, measured on services that it has not seen. */
type Evolved = { readonly before: Measured; readonly after: Measured; readonly isApplied: boolean };

async function evolve(seed: number, repeats: number): Promise<Evolved> {
  const resources = new DisposableStore();
  try {
    const app = await gradedApp(seed, resources);
    const { config, storage } = app;
    await config.set({
      ...mediocre,
      'loops.evolutionBudgetUsd': 100,
      'loops.applyBetterStrategies': true,
    });
    const sona = new MetaSona({
      ...{ domains: app.domains, store: storage.intelligences, config, clock: systemClock },
      setConfig: (change) => config.set(change),
      emit: () => undefined,
    });
    resources.add(sona);
    const before = await inForce(app, seed);
    const loop = openEvolutionary({ ...app, clock: systemClock }, () => sona);
    const input = { data: {}, context: '', objectives: [] };
    const { actions } = await loop.run(input, { id: `cycle-${seed}`, history: [], signal });
    const after = await inForce(app, seed);
    const unseen = await makeProject({ services: 18, files: 120, first: 30 });
    resources.add(unseen);
    for (const { root } of storage.projects.list()) storage.projects.remove(root);
    storage.projects.add({ root: unseen.root, name: 'unseen', addedAt: 0, sample: false });
    const [first, second] = await inTurn(await domainOf(app), [before, after], seed, repeats);
    if (!first || !second) throw new Error('A strategy was not measured.');
    return { before: first, after: second, isApplied: actions[0]?.state === 'done' };
  } finally {
    await resources.dispose();
  }
}

async function domainOf(app: GradedApp): Promise<Domain> {
  const domain = (await app.domains()).find(({ name }) => name === 'generation');
  if (!domain) throw new Error('No provider is ready.');
  return domain;
}

async function inForce(app: GradedApp, seed: number): Promise<Point> {
  const bench = await (await domainOf(app)).open(specOf(seed), signal);
  await bench.dispose();
  return bench.inForce;
}

async function inTurn(
  domain: Domain,
  points: readonly Point[],
  seed: number,
  repeats: number,
): Promise<readonly Measured[]> {
  const bench = await domain.open(specOf(seed), signal);
  const seen = points.map((point) => ({
    point,
    found: [] as Awaited<ReturnType<typeof bench.evaluate>>[],
  }));
  for (let turn = 0; turn < repeats; turn++) {
    for (const { point, found } of seen) {
      found.push(await bench.evaluate(point, 'held-out', turn, signal));
    }
  }
  await bench.dispose();
  return seen.map(({ point, found }) => measuredOf(point, found));
}

function specOf(seed: number) {
  const budget = { costUsd: 100 };
  return intelligenceSpecSchema.parse({ name: 'unseen', domain: 'generation', seed, budget });
}
