/** Where in its period a loop is; times in ms since 1970. */
export type LoopTiming = {
  readonly now: number;
  /** When its last cycle began; null before the first. */
  readonly last: number | null;
  readonly periodMs: number;
  /** When this process began to run loops. */
  readonly since: number;
};

/** After a start, and after a sleep, a loop that is overdue waits this long, so that others go first. */
const settleMs = 30_000;

/**
 * In how many ms a loop is due. A first cycle, or one that was missed while the machine slept or the
 * app was closed, is made up for once, after a moment. A last cycle in the future, of a clock that
 * was set back since, counts as one of now.
 */
export function nextDueMs({ now, last, periodMs, since }: LoopTiming): number {
  const settle = Math.min(settleMs, periodMs);
  const settled = Math.max(0, Math.min(settle, since + settle - now));
  if (last === null) return settled;
  const passed = last > now ? 0 : now - last;
  return Math.max(settled, periodMs - passed);
}
