import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDomains } from '#main/api/open-domains.ts';
import type { EvolutionSources } from '#main/api/open-evolving-loops.ts';
import { openGate } from '#main/api/open-gate.ts';
import { openProviders } from '#main/api/open-providers.ts';
import { systemClock } from '#main/core/clock.ts';
import { ConfigStore } from '#main/core/config/config-store.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import { openLogger } from '#main/core/logger.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { diskFiles } from '#main/generation/review/project-files.ts';
import type { Domain } from '#main/meta-sona/domains/domain.ts';
import { Storage } from '#main/storage/storage.ts';
import { intelligenceSpecSchema } from '#shared/intelligence.ts';
import { gradedAnswer } from '#test/stand-ins/answers/graded.ts';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { StandIn } from '#test/stand-ins/server.ts';
import { rounded } from '../statistics.ts';
import { makeProject } from '../synthetic-project.ts';
import { type Cell, type Grid, keptGrid } from './grid.ts';

const { signal } = new AbortController();
const grades = {
  openai: { right: 0.75, bestAt: 0.2 },
  anthropic: { right: 0.9, bestAt: 0.4 },
  gemini: { right: 0.5, bestAt: 0 },
};

/** The providers of {@link gradedGeneration}, in the order of the app's list. */
export const graded = ['openai', 'anthropic', 'gemini'] as const;

/** What generation is measured with: providers of known quality, and a project of many services. */
export type GradedApp = Pick<EvolutionSources, 'storage' | 'providers'> & {
  readonly config: ConfigStore;
  readonly domains: () => Promise<readonly Domain[]>;
};

/** The app's gate, validation and providers over stand-ins of known quality; `resources` closes all. */
export async function gradedApp(seed: number, resources: DisposableStore): Promise<GradedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'omega-bench-'));
  resources.add({ dispose: () => rm(folder, { recursive: true, force: true }) });
  const standIn = await StandIn.start({ answer: gradedAnswer(grades, seed) });
  resources.add({ dispose: () => standIn.close() });
  const { root, dispose } = await makeProject({ services: 12, files: 80 });
  resources.add({ dispose });
  const env = {
    ...{ OMEGA_KEYRING: 'off', OPENAI_API_KEY: standInKey, ANTHROPIC_API_KEY: standInKey },
    GEMINI_API_KEY: standInKey,
    OMEGA_PROVIDERS_OPENAI_URL: standIn.urls.openai,
    OMEGA_PROVIDERS_ANTHROPIC_URL: standIn.urls.anthropic,
    OMEGA_PROVIDERS_GEMINI_URL: standIn.urls.gemini,
  };
  const { logger, resource } = openLogger(folder, { door: 'cli' });
  resources.add(resource);
  const storage = resources.add(new Storage(folder, systemClock));
  storage.projects.add({ root, name: 'bench', addedAt: 0, sample: false });
  const none = () => undefined;
  const config = await ConfigStore.open({
    folder,
    env,
    watch: false,
    onChange: none,
    onError: none,
  });
  resources.add(config);
  const base = { storage, config, clock: systemClock, logger, emit: none };
  const ai = openProviders({ ...base, dataFolder: folder, env }, resources);
  const { gate, cache } = openGate(
    {
      ...base,
      providers: ai.providers,
      metrics: createMetrics(),
      bus: { emit: none },
      embed: () => Promise.reject(new Error('No model here.')),
    },
    resources,
  );
  const context = {
    ...base,
    ports: offlinePorts,
    files: diskFiles,
    gate,
    cache,
    providers: ai.providers,
  };
  return { config, storage, providers: ai.providers, domains: () => openDomains(context) };
}

/** The domain of generation of a {@link gradedApp}. */
export async function gradedGeneration(seed: number, resources: DisposableStore): Promise<Domain> {
  const domains = await (await gradedApp(seed, resources)).domains();
  const domain = domains.find(({ name }) => name === 'generation');
  if (!domain) throw new Error('No provider is ready.');
  return domain;
}

/** Every way of asking, each measured several times over the same services. */
export function generationGrid(short: boolean, fresh: boolean): Promise<Grid> {
  return keptGrid('generation', { short, fresh }, () => measureAll(short ? 1 : 6, short ? 90 : 1));
}

async function measureAll(repeats: number, every: number): Promise<readonly Cell[]> {
  const resources = new DisposableStore();
  try {
    const domain = await gradedGeneration(1, resources);
    const spec = intelligenceSpecSchema.parse({
      ...{ name: 'grid', domain: 'generation', budget: { costUsd: 100 } },
    });
    const bench = await domain.open(spec, signal);
    const cells: Cell[] = [];
    for (const [at, point] of [...domain.space.points()].entries()) {
      const scores: number[] = [];
      for (let turn = 0; turn < repeats && at % every === 0; turn++) {
        scores.push(rounded((await bench.evaluate(point, 'held-out', turn, signal)).score, 4));
      }
      cells.push({ point, scores: scores.length > 0 ? scores : [0] });
    }
    return cells;
  } finally {
    await resources.dispose();
  }
}
