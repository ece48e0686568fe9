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
