import type { CallSecond } from '#shared/calls.ts';

/** Columns of a chart: seconds since 1970, then one column a line. */
export type ChartColumns = readonly [
  readonly number[],
  ...(readonly (readonly (number | null)[])[]),
];

/** Latency by second: p50 and p95 in ms; a second without answers is a gap. */
export function latencyColumns(seconds: readonly CallSecond[]): ChartColumns {
  return [times(seconds), seconds.map((one) => one.p50Ms), seconds.map((one) => one.p95Ms)];
}

/** Calls by second: answered, in flight, allowed at once. */
export function callColumns(seconds: readonly CallSecond[]): ChartColumns {
  return [
    times(seconds),
    seconds.map((one) => one.answered),
    seconds.map((one) => one.inFlight),
    seconds.map((one) => one.allowed),
  ];
}

/** Seconds in which something happened, the latest first, for those who read a table. */
export function busySeconds(seconds: readonly CallSecond[]): readonly CallSecond[] {
  return seconds.filter((one) => one.answered > 0 || one.inFlight > 0).toReversed();
}

function times(seconds: readonly CallSecond[]): readonly number[] {
  return seconds.map((one) => one.at / 1000);
}
