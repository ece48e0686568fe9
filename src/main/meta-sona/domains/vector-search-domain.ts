import { targetRecall } from '#main/acceleration/vectors/choice/choose-engine.ts';
import type { EngineRecord } from '#main/acceleration/vectors/choice/engine-record.ts';
import type { TrialsOptions, VectorTrials } from '#main/acceleration/vectors/vector-trials.ts';
import type { Point } from '../space/dimension.ts';
import type { Domain } from './domain.ts';
import { effortOf, engineOf, vectorScore, vectorSpace } from './vector-search.ts';

/** Vectors of a trial, and queries to search with, and as many to judge by. */
const rows = 20_000;
const probes = 300;
/** What the graphs have where nothing is said. */
const ownLinks = { usearch: 16, 'faiss-hnsw': 32 };
const ownEffort = { ef: 96, nprobe: 8 };

/** What tries engines on the user's own vectors. */
export type OpenTrials = (options: TrialsOptions, signal: AbortSignal) => Promise<VectorTrials>;

/** The engine of vector search and its shape, tried on the largest collection. */
export function vectorSearchDomain(openTrials: OpenTrials): Domain {
  return {
    name: 'vector-search',
    space: vectorSpace,
    unit: 'queries/s',
    limits: ['latencyMs'],
    settingsOf: (point) => {
      const choice = engineOf(point);
      return {
        'acceleration.vectorEngine': choice.engine,
        'agentdb.hnswM': Number(point.links ?? 0),
        'agentdb.hnswEf': Number(point.ef ?? 0),
        'agentdb.ivfProbes': Number(point.nprobe ?? 0),
        'agentdb.quantisation': choice.engine === 'usearch' ? choice.quantisation : 'auto',
      };
    },
    open: async ({ seed }, signal) => {
      const trials = await openTrials({ rows, probes, seed }, signal);
      return {
        about: trials.about,
        inForce: pointOf(trials.record),
        evaluate: async (point, tasks, _turn, end) => {
          const half = tasks === 'search' ? 'first' : 'second';
          const found = await trials.measure(engineOf(point), effortOf(point), half, end);
          const { recallAt10, queriesPerSecond } = found;
          return {
            score: vectorScore(found),
            quality: recallAt10,
            rules: { recall: recallAt10 >= targetRecall },
            figures: { recallAt10, queriesPerSecond, latencyMs: 1_000 / queriesPerSecond },
          };
        },
        dispose: () => trials.dispose(),
      };
    },
  };
}

/** The point of the space that comes nearest to what a collection has. */
export function pointOf({ choice, effort }: EngineRecord): Point {
  const { engine } = choice;
  if (engine === 'exact' || engine === 'faiss-flat') return { engine };
  if (engine === 'faiss-ivf')
    return vectorSpace.nearest({ engine, nprobe: effort ?? ownEffort.nprobe });
  const links = choice.links ?? ownLinks[engine];
  const quantisation = engine === 'usearch' ? { quantisation: choice.quantisation } : {};
  return vectorSpace.nearest({ engine, ...quantisation, links, ef: effort ?? ownEffort.ef });
}
