import type { Live } from '#main/core/live.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import { evolutionaryLoop } from '#main/loops/evolutionary/evolutionary-loop.ts';
import type { GenerationNow } from '#main/loops/evolutionary/evolutionary-ports.ts';
import { transformativeLoop } from '#main/loops/transformative/transformative-loop.ts';
import type { VectorsPort } from '#main/loops/transformative/transformative-ports.ts';
import type { MetaSona } from '#main/meta-sona/meta-sona.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ApiContext } from './context.ts';
import { applying, enginePort } from './engine-port.ts';
import { costs, readyProviders } from './open-domains.ts';

/** Share of a cycle's time that a search may take; the rest is for what is done with it. */
const searchShare = 0.7;
/** Most that a search for an engine may take. */
const engineBudget = { evaluations: 60, seconds: 120 };

/** What the evolutionary loop is made from, beside Meta-SONA. */
export type EvolutionSources = Pick<ApiContext, 'clock' | 'providers' | 'storage'> & {
  readonly config: Live<Config>;
};

/** What both loops are made from that search for better ways. */
export type EvolvingSources = EvolutionSources & Pick<ApiContext, 'learning' | 'runtime'>;

/** The loop that varies how files are asked of models. */
export function openEvolutionary(sources: EvolutionSources, sona: () => MetaSona): Loop {
  const { config, clock } = sources;
  return evolutionaryLoop({
    now: () => generationNow(sources),
    limits: () => {
      const { evolutionBudgetUsd, applyBetterStrategies } = config.current.loops;
      const allowed = { budgetUsd: evolutionBudgetUsd, appliesBetter: applyBetterStrategies };
      return { ...allowed, seconds: searchSeconds(config) };
    },
    costs,
    create: (spec, signal) => sona().createIntelligence(spec, signal),
    ...applying(sona),
    clock,
  });
}

/** The loops that vary what is set, and restructure what is kept. */
export function openEvolvingLoops(sources: EvolvingSources): readonly Loop[] {
  const { clock, config, learning, runtime, storage } = sources;
  const sona = (): MetaSona => runtime.parts.metaSona.running.current;
  const transformative = transformativeLoop({
    learned: {
      settled: () => learning.settled(),
      accepted: () => storage.lessons.accepted(),
      memory: () => learning.memory,
    },
    engine: enginePort({
      ...{ config, sona },
      vectors: () => runtime.acceleration?.vectors ?? null,
      budget: () => ({
        ...engineBudget,
        seconds: Math.min(engineBudget.seconds, searchSeconds(config)),
      }),
    }),
    vectors: vectorsPort(sources),
    clock,
  });
  return [openEvolutionary(sources, sona), transformative];
}

function vectorsPort({ runtime, storage }: EvolvingSources): VectorsPort {
  const memories = () => runtime.parts.memory.running.current;
  const agentDb = () => runtime.parts.agentdb.running.current;
  return {
    model: () => {
      if (runtime.acceleration) return runtime.acceleration.modelIdentity();
      throw new OmegaError('UNAVAILABLE', 'The app was opened without acceleration.');
    },
    embeddedBy: () => storage.meta.get('embeddedBy'),
    noteEmbeddedBy: (model) => storage.meta.set('embeddedBy', model),
    forget: async (signal) => {
      // Near answers are filled by whoever looks for them.
      const others = agentDb().embedAgain() + storage.responseNotes.forgetVectors();
      return (await memories().forgetVectors(signal)) + others;
    },
    embedWaiting: async (signal) =>
      (await memories().backfill(signal)) + (await agentDb().embedWaiting(signal)),
  };
}

function searchSeconds(config: Live<Config>): number {
  return Math.max(0.1, config.current.loops.deadlineSecs * searchShare);
}

async function generationNow({
  config,
  providers,
  storage,
}: EvolutionSources): Promise<GenerationNow> {
  const { use, ensemble, repairRounds, contextTokens, temperature } = config.current.providers;
  const ready = await readyProviders({ config, providers });
  const model = async (provider: ModelProvider) => (await providers.view(provider)).model;
  return {
    use,
    ready: await Promise.all(
      ready.map(async (provider) => ({ provider, model: await model(provider) })),
    ),
    strategy: { provider: use, ensemble, repairRounds, contextTokens, temperature },
    roots: storage.projects.list().map(({ root }) => root),
    lastRun: storage.runs.list(1)[0]?.id ?? null,
    accepted: storage.lessons.accepted().length,
  };
}
