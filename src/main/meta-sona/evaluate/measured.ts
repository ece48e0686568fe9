import { studentQuantile } from '#main/agentdb/causes/intervals.ts';
import type { Measured } from '#shared/intelligence.ts';
import type { Evaluation } from '../domains/domain.ts';
import type { Point } from '../space/dimension.ts';

/** Half of the 95 % interval of a mean of few values, by Student's t; infinite for one value. */
function halfWidth(deviation: number, count: number): number {
  if (count < 2) return Number.POSITIVE_INFINITY;
  return (studentQuantile(count - 1) * deviation) / Math.sqrt(count);
}

/** What repeated evaluations of a point came to. At least one is needed. */
export function measuredOf(point: Point, evaluations: readonly Evaluation[]): Measured {
  const scores = evaluations.map(({ score }) => score);
  const middle = mean(scores);
  const squares = scores.reduce((sum, score) => sum + (score - middle) ** 2, 0);
  const deviation = scores.length < 2 ? 0 : Math.sqrt(squares / (scores.length - 1));
  // One measurement says nothing of its spread; all of itself is the widest that is worth saying.
  const half = Math.min(halfWidth(deviation, scores.length), Math.abs(middle) + deviation);
  const names = new Set(evaluations.flatMap(({ figures }) => Object.keys(figures)));
  const figures = [...names].map((name) => {
    const values = evaluations.flatMap(({ figures: all }) => all[name] ?? []);
    return [name, mean(values)] as const;
  });
  const kept = evaluations.flatMap(({ rules }) => Object.values(rules)).map(Number);
  return {
    point,
    score: { mean: middle, low: middle - half, high: middle + half },
    repeats: scores.length,
    variation: middle === 0 ? 0 : deviation / Math.abs(middle),
    quality: mean(evaluations.map(({ quality }) => quality)),
    rulesKept: kept.length === 0 ? 1 : mean(kept),
    figures: Object.fromEntries(figures),
  };
}

/** Whether one is better than another with a certainty that leaves no doubt: the intervals lie apart. */
export function isClearlyBetter(one: Measured, other: Measured): boolean {
  return one.score.low > other.score.high;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
