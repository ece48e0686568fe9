import type { Fitness, Measured } from '#shared/intelligence.ts';
import type { Point } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';

const weights = { capability: 0.4, efficiency: 0.3, alignment: 0.2, novelty: 0.1 };

/**
 * How good a point is by what was measured of it, beside what is in force and all points that are
 * known. `before` is null where that could not be measured; the point counts as its equal then.
 */
export function fitnessOf(
  space: SearchSpace,
  best: Measured,
  before: Measured | null,
  known: readonly Point[],
): Fitness {
  const ratio = before ? best.score.mean / Math.max(before.score.mean, Number.MIN_VALUE) : 1;
  const efficiency = ratio <= 0 ? 0 : 1 - 1 / (1 + ratio);
  const away = known.map((point) => space.distance(best.point, point));
  const { mean, low } = best.score;
  const parts = {
    capability: best.quality,
    efficiency,
    alignment: best.rulesKept,
    novelty: away.length === 0 ? 1 : Math.min(...away),
  };
  const names = Object.keys(weights) as (keyof typeof weights)[];
  return {
    ...parts,
    confidence: mean <= 0 ? 0 : Math.max(0, 1 - (mean - low) / mean),
    overall: names.reduce((sum, name) => sum + weights[name] * parts[name], 0),
  };
}
