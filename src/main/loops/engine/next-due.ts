/** Where in its period a loop is; times in ms since 1970. */
export type LoopTiming = {
  readonly now: number;
  /** When its last cycle began; null before the first. */
  readonly last: number | null;
  readonly periodMs: number;
  /** For how many ms this process has been running loops, by a clock that never jumps. */
  readonly upMs: number;
};

/** After a start, and after a sleep, a loop that is overdue waits this long, so that others go first. */
const settleMs = 30_000;

/**
 * In how many ms a loop is due. A first cycle, or one that was missed while the machine slept or the
 * app was closed, is made up for once, after a moment. A last cycle that lies in the future, of a
 * clock that was set back since, counts as one of now; one that lies a whole period ahead says
 * nothing, or a clock set back by a year would keep the loop from running for as long.
 */
export function nextDueMs({ now, last, periodMs, upMs }: LoopTiming): number {
  const settled = Math.max(0, Math.min(settleMs, periodMs) - upMs);
  if (last === null || last - now >= periodMs) return settled;
  return Math.max(settled, periodMs - Math.max(0, now - last));
}
