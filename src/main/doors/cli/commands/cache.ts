import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ModelProvider } from '#shared/providers.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printFields } from '../kept-text.ts';
import type { Session } from '../session.ts';

/** Which answers `omega cache clear` forgets; all where nothing is given. */
export type CacheClearOptions = {
  readonly provider?: ModelProvider;
  readonly project?: string;
};

/** `omega cache stats`: what is kept. What was found there is counted by each app, for itself. */
export async function cacheStatsCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const stats = await session.call('cache.stats', {});
  terminal.json(stats);
  printFields(terminal, {
    state: stats.enabled ? 'on' : 'off (omega config set cache.enabled true)',
    entries: stats.entries,
    size: `${megabytes(stats.bytes)} of ${megabytes(stats.maxBytes)} MB`,
  });
  return exitCodes.fine;
}

/** `omega cache clear`: forgets answers, and says how many. A project need not be there any more. */
export async function cacheClearCommand(
  session: Session,
  { provider, project }: CacheClearOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const owner = {
    ...(provider === undefined ? {} : { provider }),
    ...(project === undefined
      ? {}
      : { project: await realpath(project).catch(() => resolve(project)) }),
  };
  const { removed } = await session.call('cache.clear', owner);
  terminal.json({ removed });
  terminal.line(`Forgot ${removed} ${removed === 1 ? 'answer' : 'answers'}.`);
  return exitCodes.fine;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);
}
