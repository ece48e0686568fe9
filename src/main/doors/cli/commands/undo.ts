import { resolve } from 'node:path';
import { OmegaError } from '#shared/error.ts';
import { type ExitCode, exitCodeOfOutcomes } from '../exit-codes.ts';
import { printDiff } from '../print-diff.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** `omega undo [CHECKPOINT|--last DIR]`: the last write to the current folder where neither is given. */
export async function undoCommand(
  session: Session,
  checkpoint: string | undefined,
  last: string | undefined,
): Promise<ExitCode> {
  const { terminal } = session;
  if (checkpoint !== undefined && last !== undefined) {
    throw new OmegaError('INVALID_INPUT', 'Give a checkpoint or --last, not both.');
  }
  const id = checkpoint ?? (await lastCheckpoint(session, resolve(last ?? '.')));
  const report = await session.call('checkpoint.undo', { id });
  terminal.json(report);
  for (const { path, status, reason, diff } of report.outcomes) {
    const colour = status === 'refused' ? 'red' : 'green';
    const why = reason ? `: ${printable(reason)}` : '';
    terminal.line(`${terminal.style(colour, status)} ${printable(path)}${why}`);
    if (diff) printDiff(terminal, diff);
  }
  return exitCodeOfOutcomes(report.outcomes);
}

async function lastCheckpoint(session: Session, root: string): Promise<string> {
  const checkpoints = await session.call('checkpoint.list', { root });
  const open = checkpoints.find(({ undoneAt }) => undoneAt === null);
  if (open) return open.id;
  throw new OmegaError(
    'NOT_FOUND',
    `Omega has written nothing to "${root}" that could be undone; omega history lists all writes.`,
  );
}
