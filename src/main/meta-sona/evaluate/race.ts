import { throwIfCancelled } from '#main/core/abort.ts';
import type { Measured } from '#shared/intelligence.ts';
import type { Evaluation } from '../domains/domain.ts';
import type { Point } from '../space/dimension.ts';
import { isClearlyBetter, measuredOf } from './measured.ts';

/** Repeats before an interval is believed; by then Student's t is no longer very wide. */
const leastRounds = 5;
/** More do not pay: the interval shrinks with the root of them. */
const mostRounds = 30;

/** How candidates are compared. */
export type RaceOptions = {
  /** Evaluates a point for the `turn`th time; what it rejects with takes the point out. */
  readonly evaluate: (point: Point, turn: number) => Promise<Evaluation>;
  /** Whether there is budget for another evaluation. */
  readonly canGoOn: () => boolean;
  readonly signal: AbortSignal;
};

/**
 * Measures points in turn, round by round, so that what the machine does meanwhile falls on all
 * alike, and drops those that are clearly behind the best: O. Maron and A. W. Moore, "Hoeffding
 * races" (1994), with intervals by Student's t. Ends when one is left, or with the budget. Returns
 * what was measured of each point that worked, the best mean first.
 */
export async function race(
  points: readonly Point[],
  { evaluate, canGoOn, signal }: RaceOptions,
): Promise<readonly Measured[]> {
  const all = points.map((point) => ({
    ...{ point, seen: [] as Evaluation[], isBehind: false, isBroken: false },
  }));
  const measured = () =>
    all
      .filter(({ seen }) => seen.length > 0)
      .map(({ point, seen }) => measuredOf(point, seen))
      .sort((a, b) => b.score.mean - a.score.mean);
  for (let turn = 0; turn < mostRounds; turn++) {
    for (const runner of all) {
      throwIfCancelled(signal);
      if (runner.isBehind || runner.isBroken || !canGoOn()) continue;
      try {
        runner.seen.push(await evaluate(runner.point, turn));
      } catch {
        throwIfCancelled(signal);
        // What fails once may fail its user; it has no measurement that counts.
        runner.isBroken = true;
        runner.seen.length = 0;
      }
    }
    if (!canGoOn()) break;
    if (turn + 1 < leastRounds) continue;
    const [best] = measured();
    for (const runner of all) {
      if (!best || runner.isBroken) continue;
      // The best may be another one by now, and this one not so far behind it.
      runner.isBehind = isClearlyBetter(best, measuredOf(runner.point, runner.seen));
    }
    if (all.filter((one) => !one.isBehind && !one.isBroken).length < 2) break;
  }
  return measured();
}
