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
