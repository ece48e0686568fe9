import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** Runs that are looked through. */
const maxRuns = 1_000;

/** `omega history [DIR]`: runs and checkpoints, newest first. */
export async function historyCommand(session: Session, dir: string | undefined): Promise<ExitCode> {
  const { terminal } = session;
  const root = dir === undefined ? null : await realpath(dir).catch(() => resolve(dir));
  const checkpoints = await session.call('checkpoint.list', root === null ? {} : { root });
  const all = await session.call('run.list', { limit: maxRuns });
  const runs = all
    .filter(({ request, jobs }) => {
      if (root === null) return true;
      return request.roots.includes(root) || jobs.some((job) => job.root === root);
    })
    .map(({ jobs, ...run }) => ({ ...run, jobs: jobs.length }));
  terminal.json({ checkpoints, runs });
  terminal.line(terminal.style('bold', 'Checkpoints'));
  for (const { id, root: where, createdAt, undoneAt, files } of checkpoints) {
    const undone = undoneAt === null ? '' : terminal.style('yellow', ' (undone)');
    terminal.line(`  ${time(createdAt)} ${id}${undone} ${printable(where)}`);
    terminal.line(`    ${files.map(({ path }) => printable(path)).join(', ')}`);
  }
  terminal.line(terminal.style('bold', 'Runs'));
  for (const { id, state, createdAt, jobs, request } of runs) {
    const where = printable(request.roots.join(', '));
    terminal.line(`  ${time(createdAt)} ${id} ${state}, ${jobs} jobs: ${where}`);
  }
  return exitCodes.fine;
}

function time(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 19);
}
