import { pick, seededRandom } from '#main/core/random.ts';
import { create } from '#main/meta-sona/create.ts';
import type { Domain } from '#main/meta-sona/domains/domain.ts';
import type { Point } from '#main/meta-sona/space/dimension.ts';
import type { SearchSpace } from '#main/meta-sona/space/search-space.ts';
import { type DomainName, intelligenceSpecSchema } from '#shared/intelligence.ts';
import { mean, rounded } from '../statistics.ts';
import { type Grid, worthOf } from './grid.ts';
import type { ReplayOptions } from './replay.ts';

/** What makings of intelligences over a grid came to. */
export type CreateFigures = {
  readonly seeds: number;
  /** Most evaluations of each, those of its last comparison among them. */
  readonly evaluations: number;
  /** Seeds whose choice, judged by its cell's mean, reaches the goal. */
  readonly seedsAtGoal: number;
  /** Share of the grid's best that the choices are worth, in the mean. */
  readonly reached: number;
};

const { signal } = new AbortController();

/**
 * Makes an intelligence over a grid from many seeds, as the app does: what it chooses at the end is
 * judged, not the best that it happened to see.
 */
export async function replayCreate(
  name: DomainName,
  space: SearchSpace,
  grid: Grid,
  { seeds, evaluations, goal, mctsIterations, ppoLearningRate }: ReplayOptions,
): Promise<CreateFigures> {
  const cells = new Map(grid.cells.map((cell) => [space.keyOf(cell.point), cell]));
  const best = Math.max(...grid.cells.map(worthOf));
  const cellOf = (point: Point) => {
    const cell = cells.get(space.keyOf(point));
    if (!cell) throw new Error(`The grid has no ${space.keyOf(point)}.`);
    return cell;
  };
  const reached: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seededRandom(seed * 7_919);
    const inForce = pick(grid.cells, random).point;
    const domain: Domain = {
      ...{ name, space, unit: '', limits: [] },
      settingsOf: () => ({}),
      open: async () => ({
        ...{ about: 'a grid', inForce },
        evaluate: async (point) => {
          const score = pick(cellOf(point).scores, random);
          return { score, quality: 1, rules: {}, figures: {} };
        },
        dispose: () => undefined,
      }),
    };
    const budget = { evaluations, seconds: 3_600 };
    const spec = intelligenceSpecSchema.parse({ name, domain: name, seed, budget });
    const settings = { mctsIterations, ppoLearningRate, evolutionEnabled: true };
    const created = await create({ domain, spec, settings, onTrial: () => undefined }, signal);
    const chosen = created.ranked[0]?.point;
    reached.push(chosen ? worthOf(cellOf(chosen)) / best : 0);
  }
  const seedsAtGoal = reached.filter((share) => share >= goal).length;
  return { seeds, evaluations, seedsAtGoal, reached: rounded(mean(reached), 3) };
}
