import { pick, type Random, seededRandom } from '#main/core/random.ts';
import { type Parts, search } from '#main/meta-sona/search/search.ts';
import type { Point } from '#main/meta-sona/space/dimension.ts';
import type { SearchSpace } from '#main/meta-sona/space/search-space.ts';
import { mean, rounded } from '../statistics.ts';
import { type Grid, worthOf } from './grid.ts';

/** How a search over a grid is scored. */
export type ReplayOptions = {
  readonly seeds: number;
  readonly evaluations: number;
  /** Share of the grid's best that has to be reached. */
  readonly goal: number;
  readonly mctsIterations: number;
  readonly ppoLearningRate: number;
};

/** What searches over a grid came to. */
export type ReplayFigures = {
  readonly seeds: number;
  readonly evaluations: number;
  /** Seeds whose best reaches the goal, judged by the means of the cells, not by what the search saw. */
  readonly seedsAtGoal: number;
  /** Seeds whose best-so-far, in the mean over the evaluations, lies above random search's. */
  readonly beatsRandom: number;
  /** Share of the grid's best that is reached, in the mean over all seeds. */
  readonly reached: number;
};

const { signal } = new AbortController();

/** Searches a grid from many seeds; each evaluation draws one of the cell's measurements. */
export async function replay(
  space: SearchSpace,
  grid: Grid,
  parts: Parts | 'random',
  options: ReplayOptions,
): Promise<ReplayFigures> {
  const { seeds, evaluations, goal } = options;
  const cells = new Map(grid.cells.map((cell) => [space.keyOf(cell.point), cell]));
  const best = Math.max(...grid.cells.map(worthOf));
  const worth = (point: Point): number => {
    const cell = cells.get(space.keyOf(point));
    if (!cell) throw new Error(`The grid has no ${space.keyOf(point)}.`);
    return worthOf(cell) / best;
  };
  let [atGoal, above] = [0, 0];
  const reached: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const noise = seededRandom(seed * 7_919);
    const drawn = (point: Point) => pick(cells.get(space.keyOf(point))?.scores ?? [], noise);
    const chance = randomPoints(space, evaluations, seededRandom(seed + 1_000_000));
    const tried =
      parts === 'random'
        ? chance
        : (
            await search(space, async (point) => drawn(point), { seed, parts, ...options }, signal)
          ).map(({ point }) => point);
    const own = bestSoFar(tried.map(worth));
    const most = own.at(-1) ?? 0;
    reached.push(most);
    if (most >= goal) atGoal += 1;
    if (mean(own) > mean(bestSoFar(chance.map(worth)))) above += 1;
  }
  return {
    ...{ seeds, evaluations, seedsAtGoal: atGoal, beatsRandom: above },
    reached: rounded(mean(reached), 3),
  };
}

/** Points drawn without one twice, as a sensible random search does. */
function randomPoints(space: SearchSpace, count: number, random: Random): readonly Point[] {
  const points = new Map<string, Point>();
  for (let at = 0; points.size < count && at < 100 * count; at++) {
    const point = space.sample(random);
    points.set(space.keyOf(point), point);
  }
  return [...points.values()];
}

function bestSoFar(scores: readonly number[]): readonly number[] {
  let best = Number.NEGATIVE_INFINITY;
  return scores.map((score) => {
    best = Math.max(best, score);
    return best;
  });
}
