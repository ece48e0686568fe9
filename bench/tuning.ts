import { vectorSpace } from '#main/meta-sona/domains/vector-search.ts';
import type { Parts } from '#main/meta-sona/search/search.ts';
import { median, rounded } from './statistics.ts';
import { variationOf } from './tuning/grid.ts';
import { type ReplayFigures, type ReplayOptions, replay } from './tuning/replay.ts';
import { vectorGrid } from './tuning/vector-grid.ts';

const full: ReplayOptions = {
  ...{ seeds: 100, evaluations: 100, goal: 0.9 },
  ...{ mctsIterations: 200, ppoLearningRate: 0.01 },
};
const small: ReplayOptions = { ...full, seeds: 2, evaluations: 20, mctsIterations: 20 };

const whole: Parts = { tree: true, policy: true, evolution: true };

/** What `bench -- tuning` prints. */
export type TuningFigures = {
  readonly suite: 'tuning';
  readonly vectorSearch: ReplayFigures & {
    readonly cells: number;
    readonly measuredAt: string;
    readonly gridSeconds: number;
    /** Spread of a cell's repeats over their mean, in the middle of all cells. */
    readonly variation: number;
    readonly without: Readonly<Record<'tree' | 'policy' | 'evolution', ReplayFigures>>;
    readonly random: ReplayFigures;
  };
};

/** Searches spaces that were measured as a whole, from many seeds. */
export async function tuningSuite(short: boolean): Promise<TuningFigures> {
  const options = short ? small : full;
  const grid = await vectorGrid(short, false);
  const of = (parts: Parts | 'random') => replay(vectorSpace, grid, parts, options);
  return {
    suite: 'tuning',
    vectorSearch: {
      ...(await of(whole)),
      cells: grid.cells.length,
      measuredAt: grid.measuredAt,
      gridSeconds: grid.seconds,
      variation: rounded(median(grid.cells.map(variationOf)), 4),
      without: {
        tree: await of({ ...whole, tree: false }),
        policy: await of({ ...whole, policy: false }),
        evolution: await of({ ...whole, evolution: false }),
      },
      random: await of('random'),
    },
  };
}
