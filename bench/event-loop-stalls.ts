import { rounded } from './statistics.ts';

const tickMs = 5;

/**
 * The 99th percentile of how late a 5 ms timer of this thread was while `work` ran, in ms. On a busy
 * machine it holds what other programs took; compare it with the figure of an idle wait.
 */
export async function stallP99Ms(work: () => Promise<unknown>): Promise<number> {
  const late: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    late.push(Math.max(0, now - last - tickMs));
    last = now;
  }, tickMs);
  await work();
  clearInterval(timer);
  late.sort((a, b) => a - b);
  return rounded(late[Math.floor(late.length * 0.99)] ?? 0);
}

/** The longest that this thread did not get to a 1 ms timer while `work` ran, in ms. */
export async function maxStallMs(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, performance.now()];
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  };
  const timer = setInterval(look, 1);
  await work();
  clearInterval(timer);
  look();
  return rounded(longest, 1);
}
