import type { Proposal, Run } from '#shared/run.ts';
import { type ExitCode, exitCodes, gravest } from './exit-codes.ts';
import type { Session } from './session.ts';

/** The proposals of a run with their texts; Ctrl-C does not keep what was made from being shown. */
export async function proposalsOf(session: Session, runId: string): Promise<readonly Proposal[]> {
  const proposals: Proposal[] = [];
  for (const { id } of await session.call('proposal.list', { runId }, null)) {
    proposals.push(await session.call('proposal.get', { id }, null));
  }
  return proposals;
}

/** The exit code for a run and what it made; one that is paused has not done what it was asked. */
export function exitCodeOfRun(run: Run, proposals: readonly Proposal[]): ExitCode {
  const failed = run.failures.length > 0 || run.jobs.some(({ state }) => state === 'failed');
  const bad = proposals.some(({ findings }) =>
    findings.some(({ severity }) => severity === 'error'),
  );
  const isPaused = run.state === 'paused';
  return gravest([failed || bad || isPaused ? exitCodes.findings : exitCodes.fine]);
}
