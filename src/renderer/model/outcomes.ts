import type { ApplyOutcome, ApplyReport, UndoReport } from '#shared/contract.ts';

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
