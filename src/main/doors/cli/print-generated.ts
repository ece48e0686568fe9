import { basename } from 'node:path';
import type { ApplyReport } from '#shared/contract.ts';
import type { Proposal, Run } from '#shared/run.ts';
import { timeText } from './kept-text.ts';
import { printDiff } from './print-diff.ts';
import { printExplain, printFindings } from './print-findings.ts';
import { printReports } from './print-outcomes.ts';
import { printable, type Terminal } from './terminal.ts';
import { usageText } from './usage-text.ts';

/** What `omega generate` did. */
export type Generated = {
  readonly run: Run;
  readonly proposals: readonly Proposal[];
  readonly reports: readonly ApplyReport[];
  readonly out: readonly ApplyReport[];
  readonly diffs: readonly { readonly path: string; readonly diff: string }[];
};

/** Prints what a run made, what went wrong, and what to do next. */
export function printGenerated(terminal: Terminal, generated: Generated, dryRun: boolean): void {
  const { run, proposals, reports, out, diffs } = generated;
  for (const [root, files] of Map.groupBy(proposals, (proposal) => proposal.root)) {
    terminal.line(terminal.style('bold', printable(root)));
    for (const { path, state, findings, provenance } of files) {
      terminal.line(`  ${printable(path)}${state === 'unchanged' ? ' (as it is already)' : ''}`);
      const { origin } = provenance;
      if (origin.type === 'model' && origin.accepted) {
        terminal.line(`    accepted by you: ${acceptedText(origin.accepted)}`);
      }
      for (const { id, summary } of provenance.memories) {
        terminal.line(`    remembered: ${printable(summary)} (${printable(id)})`);
      }
      if (findings.length > 0) printFindings(terminal, findings);
    }
  }
  printExplain(
    terminal,
    proposals.flatMap(({ findings }) => findings),
  );
  for (const { diff } of diffs) if (diff) printDiff(terminal, diff);
  printReports(terminal, [...reports, ...out], dryRun);
  printTrouble(terminal, run);
  const written = reports.length + out.length > 0;
  if (!written && proposals.some(({ state }) => state !== 'unchanged')) {
    terminal.line(`Nothing was written. To write these files: omega apply ${run.id}`);
  }
}

function acceptedText({
  project,
  madeAt,
}: {
  readonly project: string | null;
  readonly madeAt: number;
}): string {
  const of = project === null ? 'of another request' : `for ${basename(project)}`;
  return printable(`a near answer ${of}, ${timeText(madeAt)}`);
}

function printTrouble(terminal: Terminal, run: Run): void {
  for (const { root, error } of run.failures) {
    terminal.note(`omega: ${printable(root)}: ${printable(error.message)}`);
  }
  for (const job of run.jobs) {
    if (job.state !== 'failed' || !job.error) continue;
    const what = `${job.kind} of ${job.service ?? job.root}`;
    terminal.note(`omega: ${printable(what)}: ${printable(job.error.message)}`);
  }
  const count = run.jobs.filter(({ state }) => state === 'completed').length;
  terminal.note(`Run ${run.id} ${run.state}: ${count} of ${run.jobs.length} jobs done.`);
  const usage = usageText(run);
  if (usage !== null) terminal.note(usage);
  if (run.state !== 'paused') return;
  terminal.note(`${printable(run.paused ?? 'It rests.')} To go on: omega resume ${run.id}`);
}
