import type { LogEntry } from './request-log.ts';

/** What a test or a benchmark recomputes from the log; entries that still run end at the last moment known. */
const spans = (entries: readonly LogEntry[]): readonly (readonly [from: number, to: number])[] =>
  entries.map(({ beganAt, endedAt }) => [beganAt, endedAt ?? Number.POSITIVE_INFINITY]);

/** Most requests that were at the server at once. */
export function mostAtOnce(entries: readonly LogEntry[]): number {
  const steps = spans(entries)
    .flatMap(([from, to]) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    // What ends when another begins does not overlap it.
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of steps) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** Ms in which at least one of the requests was at the server. */
export function busyMs(entries: readonly LogEntry[]): number {
  const ordered = [...spans(entries)].sort(([a], [b]) => a - b);
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [from, to] of ordered) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy;
}

/** From the request's arrival to its last byte, in ms, of those that have ended. */
export const durations = (entries: readonly LogEntry[]): readonly number[] =>
  entries.flatMap(({ beganAt, endedAt }) => (endedAt === null ? [] : [endedAt - beganAt]));

/** The nearest-rank percentile for a share from 0 to 1; null of nothing. */
export function percentileOf(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Answers a second between two moments of the log's clock. */
export function answersPerSecond(entries: readonly LogEntry[], from: number, to: number): number {
  const answered = entries.filter(
    ({ outcome, endedAt }) =>
      outcome === 'answered' && endedAt !== null && endedAt >= from && endedAt < to,
  );
  return (answered.length / (to - from)) * 1_000;
}

/** Requests and reported tokens, by how the request ended. */
export function tally(entries: readonly LogEntry[]) {
  const count = (wanted: LogEntry['outcome']): number =>
    entries.filter(({ outcome }) => outcome === wanted).length;
  return {
    answered: count('answered'),
    aborted: count('aborted'),
    faulted: count('faulted'),
    refused: count('refused'),
    overCapacity: count('over-capacity'),
    running: count('running'),
    rateLimited: entries.filter(({ status }) => status === 429).length,
    inputTokens: entries.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    outputTokens: entries.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
  };
}
