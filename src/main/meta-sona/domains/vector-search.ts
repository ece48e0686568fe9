import { targetRecall } from '#main/acceleration/vectors/choice/choose-engine.ts';
import type { EngineChoice } from '#main/acceleration/vectors/engines/vector-engine.ts';
import type { Point } from '../space/dimension.ts';
import { SearchSpace } from '../space/search-space.ts';

const graph = { of: 'engine', in: ['usearch', 'faiss-hnsw'] };
/** How fast worth falls below the recall that is asked for: at nine tenths of it a twelfth is left. */
const cliff = 24;

/** What can be set about an index of vectors: its engine, the shape of a graph, and how much a search looks at. */
export const vectorSpace = new SearchSpace([
  {
    type: 'choice',
    name: 'engine',
    values: ['exact', 'faiss-flat', 'faiss-ivf', 'faiss-hnsw', 'usearch'],
  },
  {
    type: 'choice',
    name: 'quantisation',
    values: ['bf16', 'f16', 'f32'],
    when: { of: 'engine', in: ['usearch'] },
  },
  { type: 'choice', name: 'links', values: [6, 8, 12, 16, 20, 24, 32, 48], when: graph },
  {
    ...{ type: 'range', name: 'ef', min: 16, max: 512, scale: 'log', levels: 16, integer: true },
    when: graph,
  },
  {
    ...{ type: 'range', name: 'nprobe', min: 1, max: 96, scale: 'log', levels: 16, integer: true },
    when: { of: 'engine', in: ['faiss-ivf'] },
  },
]);

/** What an index was measured to do. */
export type SearchFigures = { readonly recallAt10: number; readonly queriesPerSecond: number };

/** Queries a second; where the recall is below the one that is asked for, far less than that. */
export function vectorScore({ recallAt10, queriesPerSecond }: SearchFigures): number {
  return queriesPerSecond * Math.min(1, recallAt10 / targetRecall) ** cliff;
}

/** The engine that a point of {@link vectorSpace} asks for; its effort is set apart from it. */
export function engineOf(point: Point): EngineChoice {
  const links = Number(point.links);
  switch (point.engine) {
    case 'usearch':
      return {
        engine: 'usearch',
        quantisation: point.quantisation as 'bf16' | 'f16' | 'f32',
        links,
      };
    case 'faiss-hnsw':
      return { engine: 'faiss-hnsw', links };
    case 'faiss-ivf':
    case 'faiss-flat':
      return { engine: point.engine };
    default:
      return { engine: 'exact' };
  }
}

/** What a search looks at, `ef` or `nprobe`; null for engines that look at everything. */
export function effortOf({ ef, nprobe }: Point): number | null {
  const effort = ef ?? nprobe;
  return effort === undefined ? null : Number(effort);
}
