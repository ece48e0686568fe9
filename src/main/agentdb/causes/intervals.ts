/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const z = 1.959963984540054;

/** The bounds of a 95 % confidence interval. */
export type Interval = { readonly low: number; readonly high: number };

/** A share of so many trials; `n` need not be whole. */
export type Share = { readonly share: number; readonly n: number };

/** A mean, the variance of that mean, and the degrees of freedom that the variance is estimated with. */
export type Mean = { readonly mean: number; readonly variance: number; readonly freedom: number };

/**
 * The interval of a share by Wilson's score: E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22 (1927). Never beyond 0 and 1, and right for few
 * trials, and for shares of 0 and 1.
 */
export function wilson({ share, n }: Share): Interval {
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/**
 * The interval of the difference of two shares, `one` less `other`: method 10 of R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions", Statistics in Medicine
 * 17 (1998), which joins two of {@link wilson}.
 */
export function newcombe(one: Share, other: Share): Interval {
  const [a, b] = [wilson(one), wilson(other)];
  const difference = one.share - other.share;
  return {
    low: difference - Math.hypot(one.share - a.low, b.high - other.share),
    high: difference + Math.hypot(a.high - one.share, other.share - b.low),
  };
}

/**
 * The interval of the difference of two means, `one` less `other`, whose variances may differ:
 * B. L. Welch, "The generalization of Student's problem", Biometrika 34 (1947).
 */
export function welch(one: Mean, other: Mean): Interval {
  const variance = one.variance + other.variance;
  const freedom =
    variance ** 2 / (one.variance ** 2 / one.freedom + other.variance ** 2 / other.freedom);
  const half = studentQuantile(freedom) * Math.sqrt(variance);
  const difference = one.mean - other.mean;
  return { low: difference - half, high: difference + half };
}

/**
 * The quantile of Student's t that leaves 2.5 % above it: Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.7.5. Right to a thousandth from 4 degrees of freedom on.
 */
export function studentQuantile(freedom: number): number {
  const f = freedom;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, at) => sum + term / f ** (at + 1), z);
}
