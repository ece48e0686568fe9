import { embeddingSpace } from '#main/meta-sona/domains/embedding-space.ts';
import { generationSpace } from '#main/meta-sona/domains/generation-space.ts';
import { vectorSpace } from '#main/meta-sona/domains/vector-search.ts';
import type { Parts } from '#main/meta-sona/search/search.ts';
import { median, rounded } from './statistics.ts';
import { type AdaptiveFigures, adaptiveFigures } from './tuning/adaptive.ts';
import { embeddingGrid } from './tuning/embedding-grid.ts';
import { type EvolutionFigures, evolutionFigures } from './tuning/evolution.ts';
import { generationGrid, graded } from './tuning/generation-grid.ts';
import { type Grid, variationOf } from './tuning/grid.ts';
import { type LiveFigures, liveVectors } from './tuning/live-vectors.ts';
import { type ReplayFigures, type ReplayOptions, replay } from './tuning/replay.ts';
import { type CreateFigures, replayCreate } from './tuning/replay-create.ts';
import { vectorGrid } from './tuning/vector-grid.ts';

const full: ReplayOptions = {
  ...{ seeds: 100, evaluations: 100, goal: 0.9 },
  ...{ mctsIterations: 200, ppoLearningRate: 0.01 },
};
const small: ReplayOptions = { ...full, seeds: 2, evaluations: 8, mctsIterations: 10 };

const whole: Parts = { tree: true, policy: true, evolution: true };

/** What was measured of a space as a whole. */
type GridFigures = {
  readonly cells: number;
  readonly measuredAt: string;
  /** How long that took; 0 where it was kept from before. */
  readonly gridSeconds: number;
  /** Spread of a cell's repeats over their mean, in the middle of all cells. */
  readonly variation: number;
};

/** What `bench -- tuning` prints. */
export type TuningFigures = {
  readonly suite: 'tuning';
  readonly vectorSearch: ReplayFigures &
    GridFigures & {
      readonly without: Readonly<Record<'tree' | 'policy' | 'evolution', ReplayFigures>>;
      readonly random: ReplayFigures;
      readonly live: LiveFigures;
    };
  readonly embedding: ReplayFigures & GridFigures & { readonly random: ReplayFigures };
  readonly generation: CreateFigures & GridFigures;
  readonly adaptive: AdaptiveFigures;
  readonly evolution: EvolutionFigures;
};

/** Searches spaces that were measured as a whole, from many seeds. */
export async function tuningSuite(short: boolean): Promise<TuningFigures> {
  const options = short ? small : full;
  const vectors = await vectorGrid(short, false);
  const embeddings = await embeddingGrid(short, false);
  const generation = await generationGrid(short, false);
  const of = (parts: Parts | 'random') => replay(vectorSpace, vectors, parts, options);
  const quarter = (grid: Grid): number => Math.floor(grid.cells.length / 4);
  const texts = { ...options, evaluations: quarter(embeddings) };
  const files = { ...options, evaluations: quarter(generation), goal: 0.97 };
  return {
    suite: 'tuning',
    vectorSearch: {
      ...(await of(whole)),
      ...gridFigures(vectors),
      without: {
        tree: await of({ ...whole, tree: false }),
        policy: await of({ ...whole, policy: false }),
        evolution: await of({ ...whole, evolution: false }),
      },
      random: await of('random'),
      live: await liveVectors(vectors, options, short ? 4_000 : 20_000),
    },
    embedding: {
      ...(await replay(embeddingSpace, embeddings, whole, texts)),
      ...gridFigures(embeddings),
      random: await replay(embeddingSpace, embeddings, 'random', texts),
    },
    generation: {
      ...(await replayCreate('generation', generationSpace(graded), generation, files)),
      ...gridFigures(generation),
    },
    adaptive: await adaptiveFigures(short),
    evolution: await evolutionFigures(short),
  };
}

function gridFigures(grid: Grid): GridFigures {
  return {
    cells: grid.cells.length,
    measuredAt: grid.measuredAt,
    gridSeconds: grid.seconds,
    variation: rounded(median(grid.cells.map(variationOf)), 4),
  };
}
