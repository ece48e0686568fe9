import { basename } from 'node:path';
import { failureReasons } from '#shared/failure-reasons.ts';
import type { ApplyReport } from '#shared/review.ts';
import type { Job, Proposal, Run } from '#shared/run.ts';
import { timeText } from './kept-text.ts';
import { printDiff } from './print-diff.ts';
import { printExplain, printFindings } from './print-findings.ts';
import { printReports } from './print-outcomes.ts';
import { fewFiles, printSummary } from './print-summary.ts';
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

/** How {@link printGenerated} prints. */
export type PrintOptions = { readonly dryRun: boolean; readonly verbose: boolean };

/**
 * Prints what a run made, what went wrong, and what to do next. Many files are summed up, unless every
 * one is asked for.
 */
export function printGenerated(
  terminal: Terminal,
  generated: Generated,
  { dryRun, verbose }: PrintOptions,
): void {
  const { run, proposals, reports, out, diffs } = generated;
  const isShort = !verbose && proposals.length > fewFiles;
  for (const [root, files] of Map.groupBy(proposals, (proposal) => proposal.root)) {
    terminal.line(terminal.style('bold', printable(root)));
    if (isShort) printSummary(terminal, files);
    else for (const file of files) printFile(terminal, file);
  }
  if (isShort) terminal.line('Each file with all that was found: --verbose, or --json');
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

function printFile(terminal: Terminal, { path, state, findings, provenance }: Proposal): void {
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
  const failed = run.jobs.filter(({ state, error }) => state === 'failed' && error !== null);
  for (const { error, jobs } of failureReasons(failed)) {
    const kinds = [...new Set(jobs.map(({ kind }) => kind))].join(', ');
    const what = `${kinds} of ${namesOf(jobs)}`;
    terminal.note(`omega: ${printable(what)}: ${printable(error?.message ?? '')}`);
  }
  const count = run.jobs.filter(({ state }) => state === 'completed').length;
  const lost = failed.length > 0 ? `, ${failed.length} failed` : '';
  terminal.note(`Run ${run.id} ${run.state}: ${count} of ${run.jobs.length} jobs done${lost}.`);
  const usage = usageText(run);
  if (usage !== null) terminal.note(usage);
  if (run.state !== 'paused') return;
  terminal.note(`${printable(run.paused ?? 'It rests.')} To go on: omega resume ${run.id}`);
}

/** Jobs that are named of those that failed for one reason. */
const named = 5;

function namesOf(jobs: readonly Job[]): string {
  const names = [...new Set(jobs.map(({ service, root }) => service ?? root))];
  const more = names.length - named;
  return `${names.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
