import type { ExitCode } from '../exit-codes.ts';
import { followRun } from '../follow-run.ts';
import { printGenerated } from '../print-generated.ts';
import { exitCodeOfRun, proposalsOf } from '../run-result.ts';
import type { Session } from '../session.ts';

/** The options of `omega resume`, as commander gives them. */
export type ResumeOptions = {
  /** US dollars that the run may cost in all, in the place of what it was started with. */
  readonly budget?: number;
  readonly verbose?: boolean;
};

/** `omega resume RUN`: goes on with a run that is paused, or whose process died. */
export async function resumeCommand(
  session: Session,
  id: string,
  { budget, verbose = false }: ResumeOptions,
): Promise<ExitCode> {
  const request = { id, ...(budget === undefined ? {} : { budgetUsd: budget }) };
  const run = await followRun(session, () => session.call('run.resume', request));
  const proposals = await proposalsOf(session, run.id);
  const result = { run, proposals, reports: [], out: [], diffs: [] };
  session.terminal.json(result);
  printGenerated(session.terminal, result, { dryRun: false, verbose });
  return exitCodeOfRun(run, proposals);
}
