import type { ApplyReport } from '#shared/review.ts';
import type { ProposalSummary } from '#shared/run.ts';
import { type ExitCode, exitCodeOfOutcomes } from '../exit-codes.ts';
import { printReports } from '../print-outcomes.ts';
import type { Session } from '../session.ts';

/** How a write is to be done. */
export type WriteOptions = { readonly overwrite?: boolean; readonly dryRun?: boolean };

/** `omega apply RUN`: writes what was not rejected. */
export async function applyCommand(
  session: Session,
  runId: string,
  options: WriteOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const proposals = await session.call('proposal.list', { runId });
  const reports = await writeProposals(session, runId, proposals, options);
  terminal.json({ reports });
  if (reports.length === 0) terminal.line('There is nothing to write.');
  printReports(terminal, reports, options.dryRun ?? false);
  return exitCodeOfOutcomes(reports.flatMap(({ outcomes }) => outcomes));
}

/** Writes the proposals that were not rejected; on the command line, asking for it accepts them. */
export async function writeProposals(
  session: Session,
  runId: string,
  proposals: readonly ProposalSummary[],
  { overwrite = false, dryRun = false }: WriteOptions,
): Promise<readonly ApplyReport[]> {
  const ids = proposals.filter(({ state }) => state !== 'rejected').map(({ id }) => id);
  if (ids.length === 0) return [];
  return session.call('proposal.apply', { runId, ids, overwrite, dryRun });
}
