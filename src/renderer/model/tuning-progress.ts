import type { OmegaEvent } from '#shared/contract.ts';
import type { Intelligence, Measured, TrialRecord } from '#shared/intelligence.ts';
import { numberText } from '#shared/number-text.ts';
import type { ChartColumns } from './chart-data.ts';
import { formatDuration, plural } from './format.ts';

/** The last that was heard of a search. */
export type Searched = Pick<
  Extract<OmegaEvent, { readonly type: 'intelligence.searched' }>,
  'id' | 'evaluations' | 'best'
>;

/** How far a search is: a share of what it may use, and what it measured so far. */
export type SearchProgress = { readonly share: number; readonly text: string };

/** How far a search is at `now`, by its time and by its measurements, whichever ends it first. */
export function progressOf(
  { id, spec, createdAt }: Intelligence,
  heard: Searched | null,
  now: number,
): SearchProgress {
  const { seconds, evaluations } = spec.budget;
  const passed = Math.max(0, now - createdAt);
  const own = heard?.id === id ? heard : null;
  const share = Math.max(passed / 1_000 / seconds, (own?.evaluations ?? 0) / evaluations);
  const measured = own
    ? `${plural(own.evaluations, 'setting')} measured`
    : 'makes ready what it measures with';
  const best = own?.best == null ? '' : `, best score so far ${numberText(own.best)}`;
  const time = `${formatDuration(passed)} of ${formatDuration(seconds * 1_000)}`;
  return { share: Math.min(1, share), text: `${time}: ${measured}${best}` };
}

/** Columns of a chart over the measurements of a search: its number, its score, the best so far. */
export function trialColumns(trials: readonly TrialRecord[]): ChartColumns {
  let best: number | null = null;
  const line = trials.map(({ score }) => {
    if (score !== null) best = Math.max(best ?? score, score);
    return best;
  });
  return [trials.map((_, at) => at + 1), trials.map(({ score }) => score), line];
}

/** Where a score and its interval lie on a scale from 0 to the most of all, in percent. */
export type Interval = { readonly mean: number; readonly low: number; readonly high: number };

/** The scores of points on one scale, so that they can be compared by eye. */
export function intervalsOf(all: readonly Measured[]): readonly Interval[] {
  // What was measured once has no interval that is shown.
  const ends = all.map(({ score, repeats }) => (repeats < 2 ? score.mean : score.high));
  const most = Math.max(...ends, Number.MIN_VALUE);
  const on = (value: number) => Math.min(100, Math.max(0, (value / most) * 100));
  return all.map(({ score }) => ({
    mean: on(score.mean),
    low: on(score.low),
    high: on(score.high),
  }));
}
