import { measuredOf } from '#main/meta-sona/evaluate/measured.ts';
import { mean, rounded } from '../statistics.ts';
import { variationOf } from './grid.ts';

/** How far one unchanged candidate's fitness can be trusted. */
export type HonestFigures = {
  /** Evaluations of one candidate, each an interval of several scores. */
  readonly evaluations: number;
  /** Standard deviation over the mean of its scores. */
  readonly variation: number;
  /** Share of the 95 % intervals that hold the mean of all scores. */
  readonly covered: number;
};

/** Scores that one interval is made of. */
export const scoresEach = 10;

/**
 * From scores of one candidate in the order in which they were measured: how they spread, and whether
 * intervals hold. Each interval's scores lie apart in time, as in a comparison by turns.
 */
export function honestFigures(scores: readonly number[]): HonestFigures {
  const all = mean(scores);
  const evaluations = Math.floor(scores.length / scoresEach);
  const held = Array.from({ length: evaluations }, (_, first) => {
    const own = scores.filter((_score, at) => at % evaluations === first);
    const { low, high } = measuredOf(
      {},
      own.map((score) => ({ score, quality: 1, rules: {}, figures: {} })),
    ).score;
    return low <= all && all <= high;
  });
  return {
    evaluations,
    variation: rounded(variationOf({ point: {}, scores }), 4),
    covered: rounded(held.filter(Boolean).length / Math.max(1, evaluations), 3),
  };
}
