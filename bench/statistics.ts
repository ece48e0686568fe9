/** The middle of the values, or the mean of the two in the middle. The list must not be empty. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('a median needs at least one value');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Rounded to `digits` decimals, so that reports do not show more than was measured. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Runs `work` and gives how long it took, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value below which a share (0 to 1) of the values lies. The list must not be empty. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
}

/** The mean of the values. The list must not be empty. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The 95 % interval of a mean by the bootstrap (Efron 1979): the percentiles of the means of 1,000
 * lists drawn from the values with replacement.
 */
export function bootstrapInterval(
  values: readonly number[],
  random: () => number,
): readonly [number, number] {
  const means = Array.from({ length: 1_000 }, () => {
    let sum = 0;
    for (let count = 0; count < values.length; count += 1) {
      sum += values[Math.floor(random() * values.length)] ?? 0;
    }
    return sum / values.length;
  });
  return [percentile(means, 0.025), percentile(means, 0.975)];
}
