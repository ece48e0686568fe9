import type { ApplyReport } from '#shared/review.ts';
import { printable, type Terminal } from './terminal.ts';

const colours = { written: 'green', unchanged: 'dim', skipped: 'yellow', refused: 'red' } as const;

/** Prints what came of each file of a write, and how to take it back. */
export function printReports(
  terminal: Terminal,
  reports: readonly ApplyReport[],
  dryRun: boolean,
): void {
  for (const { root, outcomes, checkpointId } of reports) {
    terminal.line(terminal.style('bold', printable(root)));
    for (const { path, status, reason } of outcomes) {
      const shown = dryRun && status === 'written' ? 'would write' : status;
      const why = reason ? `: ${printable(reason)}` : '';
      terminal.line(`  ${terminal.style(colours[status], shown)} ${printable(path)}${why}`);
    }
    if (checkpointId) terminal.line(terminal.style('dim', `  omega undo ${checkpointId}`));
  }
}
