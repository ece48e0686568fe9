import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A number from 0 (inclusive) to 1 (exclusive), the next of its row. */
export type Random = () => number;

/** A row of numbers that is the same for the same seed (xoroshiro128+). */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) / 0x1_0000_0000;
}

/** A number of the standard normal distribution: G. E. P. Box and M. E. Muller, 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One of the values, each as likely as the others. The list must not be empty. */
export function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)] as T;
}
