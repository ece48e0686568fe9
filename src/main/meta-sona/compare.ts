import { steadyNow } from '#main/core/clock.ts';
import { OmegaError } from '#shared/error.ts';
import type { Comparison, IntelligenceSpec } from '#shared/intelligence.ts';
import type { Domain } from './domains/domain.ts';
import { isClearlyBetter } from './evaluate/measured.ts';
import { race } from './evaluate/race.ts';
import { underConstraints } from './evaluate/rules.ts';
import type { Point } from './space/dimension.ts';

/** What is compared: two points of one domain, on the work of a spec and within its budget. */
export type CompareOptions = {
  readonly domain: Domain;
  readonly spec: IntelligenceSpec;
  readonly one: Point;
  readonly other: Point;
};

/**
 * Measures two points in turn on work that no search has seen, until their intervals lie apart or the
 * budget ends. Fails with `UNAVAILABLE` where one of them could not be measured.
 */
export async function compare(
  { domain, spec, one, other }: CompareOptions,
  signal: AbortSignal,
): Promise<Comparison> {
  const bench = await domain.open(spec, signal);
  try {
    const endsAt = steadyNow() + spec.budget.seconds * 1_000;
    let evaluations = 0;
    let costUsd = 0;
    const measured = await race([one, other], {
      evaluate: async (point, turn) => {
        evaluations += 1;
        const found = await bench.evaluate(point, 'held-out', turn, signal);
        costUsd += found.figures.costUsd ?? 0;
        return underConstraints(found, spec.constraints);
      },
      canGoOn: () =>
        evaluations < spec.budget.evaluations &&
        steadyNow() < endsAt &&
        (costUsd === 0 || costUsd < spec.budget.costUsd),
      signal,
    });
    const [first, second] = [one, other].map((point) =>
      measured.find((candidate) => candidate.point === point),
    );
    if (!first || !second) {
      const message = `One of the two could not be measured within ${spec.budget.seconds} s; try again with more time.`;
      throw new OmegaError('UNAVAILABLE', message, { retryable: true });
    }
    const isFirst = isClearlyBetter(first, second);
    const better = isFirst ? 'one' : isClearlyBetter(second, first) ? 'other' : null;
    return { tasks: bench.about, unit: domain.unit, one: first, other: second, better };
  } finally {
    await bench.dispose();
  }
}
