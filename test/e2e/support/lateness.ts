/** How often the processor is asked for, in ms. */
const stepMs = 20;

/**
 * Measures how late this machine lets a process come to its turn: a timer's delay without the time
 * that this process worked itself. Returns what reads the worst of it so far, in ms.
 */
export function watchLateness(): { readonly worstMs: () => number; readonly stop: () => void } {
  let worst = 0;
  let at = performance.now();
  let usage = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(usage);
    const now = performance.now();
    worst = Math.max(worst, now - at - stepMs - (user + system) / 1_000);
    at = now;
    usage = process.threadCpuUsage();
  }, stepMs);
  return { worstMs: () => worst, stop: () => clearInterval(timer) };
}
