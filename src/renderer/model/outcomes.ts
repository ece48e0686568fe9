import type { ApplyOutcome, ApplyReport, UndoReport } from '#shared/review.ts';
import { plural } from './format.ts';

/** How many files of some reports came to which end. */
export function countOutcomes(
  reports: readonly ApplyReport[],
): Readonly<Record<ApplyOutcome['status'], number>> {
  const counts = { written: 0, unchanged: 0, skipped: 0, refused: 0 };
  for (const report of reports) {
    for (const outcome of report.outcomes) counts[outcome.status] += 1;
  }
  return counts;
}

/** What a write would do, in a sentence; accepted files that it would leave out are told with the way to have them. */
export function dryRunText(reports: readonly ApplyReport[]): string {
  const { written, refused } = countOutcomes(reports);
  const left = reports
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ status, code }) => status === 'skipped' && code === 'REFUSED').length;
  const parts = [`${plural(written, 'file')} will be written`];
  if (refused > 0) parts.push(`${refused.toLocaleString('en')} refused`);
  if (left > 0) {
    parts.push(`${left.toLocaleString('en')} left out until you allow to overwrite files of yours`);
  }
  return `${parts.join(', ')}.`;
}

/** How many files an undo put back (restored or removed) and how many it refused. */
export function countUndone(report: UndoReport): {
  readonly undone: number;
  readonly refused: number;
} {
  const refused = report.outcomes.filter((outcome) => outcome.status === 'refused').length;
  return { undone: report.outcomes.length - refused, refused };
}

/** Rows that are drawn together. */
const groupSize = 40;

/** The outcomes of a report in groups, those first that ask for a look: refused, then skipped. */
export function outcomeGroups(
  outcomes: readonly ApplyOutcome[],
): readonly (readonly ApplyOutcome[])[] {
  const order = { refused: 0, skipped: 1, written: 2, unchanged: 3 } as const;
  const sorted = outcomes.toSorted((a, b) => order[a.status] - order[b.status]);
  const count = Math.ceil(sorted.length / groupSize);
  return Array.from({ length: count }, (_, at) =>
    sorted.slice(at * groupSize, (at + 1) * groupSize),
  );
}
