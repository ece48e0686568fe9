import type { Measured } from '#shared/intelligence.ts';
import { numberText } from '#shared/number-text.ts';

/** A score with its 95 % interval: `412 queries/s (95 %: 409 to 415, measured 6 times)`. */
export function scoreText({ score, repeats }: Measured, unit: string): string {
  const { mean, low, high } = score;
  const text = `${numberText(mean)} ${unit}`;
  // One measurement says nothing of its own spread.
  if (repeats < 2) return `${text} (measured once)`;
  return `${text} (95 %: ${numberText(low)} to ${numberText(high)}, measured ${repeats} times)`;
}

/** The settings of a point on one line. */
export function pointText({ point }: Measured): string {
  return Object.entries(point)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? numberText(value) : value}`)
    .join(', ');
}

const figureNames: Readonly<Record<string, string>> = {
  recallAt10: 'recall of ten',
  queriesPerSecond: 'queries/s',
  textsPerSecond: 'texts/s',
  requestsPerSecond: 'requests/s',
  refused: 'refused with a 429',
  hardening: 'share of hardening checks passed',
  size: 'size beside the blueprint',
  tokens: 'tokens a file',
  latencyMs: 'latency in ms',
  costUsd: 'US$ each time',
};

/** What was measured beside the score, on one line. */
export function figuresText({ figures }: Measured): string {
  return Object.entries(figures)
    .map(([name, value]) => `${figureNames[name] ?? name} ${numberText(value)}`)
    .join(', ');
}

/** A setting of a space as it is in force and as it was found; null where one does not have it. */
export type PointRow = {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** The settings that differ between what is in force and what was found. */
export function movedIn(before: Measured | null, after: Measured): readonly PointRow[] {
  const names = new Set([...Object.keys(before?.point ?? {}), ...Object.keys(after.point)]);
  const text = (one: Measured | null, name: string): string | null => {
    const value = one?.point[name];
    return value === undefined ? null : typeof value === 'number' ? numberText(value) : value;
  };
  return [...names]
    .map((name) => ({ name, before: text(before, name), after: text(after, name) }))
    .filter((row) => row.before !== row.after);
}

/** A share as a person reads it: `98.5 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
