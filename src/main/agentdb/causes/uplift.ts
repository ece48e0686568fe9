import type { CausalSums, Stratum, Sums } from '#main/storage/agentdb/causal-store.ts';
import type { CausalEffect } from '#shared/agentdb-causes.ts';
import { type Interval, newcombe, type Share, welch } from './intervals.ts';

/** Episodes that it takes with the cause, and without it. */
export const leastEpisodes = 5;
/** Share of the rarer side's episodes that tasks must hold which have both, to compare within tasks. */
const leastOverlap = 0.5;

/** An estimate of {@link CausalEffect}, without its names. */
export type Uplift = Omit<CausalEffect, 'cause' | 'effect'>;

/** One side of the comparison, each task counted as much as on the other. */
type Side = {
  readonly mean: number;
  readonly share: Share;
  readonly variance: number;
  readonly freedom: number;
};

/**
 * How much higher the mean outcome (0 to 1) is in episodes in which the cause held than in others.
 *
 * What is tried on easy tasks looks good. So where tasks hold both kinds of episodes they are compared
 * within tasks, and the tasks' differences are joined by Cochran's weights `n1 n0 / (n1 + n0)` (W. G.
 * Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10, 1954). Where too few
 * do, all episodes are compared at once, and `byTask` is false. Either way it is what was observed:
 * what else went together with the cause, beside the task, is in it.
 *
 * Shares have Newcombe's interval, with the effective number `1 / Σ(w²/n)` of each side, which the
 * weights leave; other outcomes Welch's, with the variance pooled over tasks. An outcome that did not
 * vary is taken as a share: of all outcomes of a mean these vary most, so the interval is safe.
 */
export function estimateUplift(
  kind: 'share' | 'mean',
  { strata, total }: Pick<CausalSums, 'strata' | 'total'>,
): Uplift {
  const all = crude(strata, total);
  const both = strata.filter(({ held, absent }) => held.n > 0 && absent.n > 0);
  const within = counts(both);
  const whole = counts([all]);
  const rarer = whole.held <= whole.absent ? 'held' : 'absent';
  const byTask =
    Math.min(within.held, within.absent) >= leastEpisodes &&
    within[rarer] >= leastOverlap * whole[rarer];
  const compared = byTask ? both : [all];
  const { held: withCause, absent: withoutCause } = byTask ? within : whole;
  const known = { withCause, withoutCause, byTask };
  if (Math.min(withCause, withoutCause) < leastEpisodes) {
    return { uplift: null, low: null, high: null, ...known };
  }
  const weights = cochranWeights(compared);
  const one = side(
    compared.map(({ held }) => held),
    weights,
  );
  const other = side(
    compared.map(({ absent }) => absent),
    weights,
  );
  const { low, high } = interval(kind, one, other);
  return {
    uplift: one.mean - other.mean,
    low: Math.max(-1, low),
    high: Math.min(1, high),
    ...known,
  };
}

function interval(kind: 'share' | 'mean', one: Side, other: Side): Interval {
  const varies = one.variance > 0 && other.variance > 0;
  const isKnown = Math.min(one.freedom, other.freedom) >= leastEpisodes - 1;
  return kind === 'mean' && varies && isKnown
    ? welch(one, other)
    : newcombe(one.share, other.share);
}

function crude(strata: readonly Stratum[], total: Sums): Stratum {
  const held = strata.reduce(
    (sums, { held: one }) => ({
      n: sums.n + one.n,
      sum: sums.sum + one.sum,
      squares: sums.squares + one.squares,
    }),
    { n: 0, sum: 0, squares: 0 },
  );
  const absent = {
    n: total.n - held.n,
    sum: total.sum - held.sum,
    squares: total.squares - held.squares,
  };
  return { held, absent };
}

function counts(strata: readonly Stratum[]): { readonly held: number; readonly absent: number } {
  return {
    held: strata.reduce((sum, { held }) => sum + held.n, 0),
    absent: strata.reduce((sum, { absent }) => sum + absent.n, 0),
  };
}

/** Shares of the whole that each task counts as; they add up to 1. */
function cochranWeights(strata: readonly Stratum[]): readonly number[] {
  const weights = strata.map(({ held, absent }) => (held.n * absent.n) / (held.n + absent.n));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function side(sums: readonly Sums[], weights: readonly number[]): Side {
  let [mean, spread, deviations, freedom] = [0, 0, 0, 0];
  for (const [at, { n, sum, squares }] of sums.entries()) {
    const weight = weights[at] ?? 0;
    mean += (weight * sum) / n;
    spread += weight ** 2 / n;
    deviations += squares - sum ** 2 / n;
    freedom += n - 1;
  }
  // Sums of shares round too: a hair above 1 would make roots of less than nothing.
  const held = Math.min(1, Math.max(0, mean));
  const variance = freedom > 0 ? (deviations / freedom) * spread : 0;
  return { mean: held, share: { share: held, n: 1 / spread }, variance: noise(variance), freedom };
}

/** Of equal outcomes rounding leaves a hair, or less than nothing: that is no variance. */
function noise(variance: number): number {
  return variance < 1e-15 ? 0 : variance;
}
