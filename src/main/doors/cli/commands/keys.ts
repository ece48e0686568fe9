import type { ModelProvider } from '#shared/providers.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { readSecret } from '../read-secret.ts';
import type { Session } from '../session.ts';
import { keyText } from './providers.ts';

/** `omega keys list`: where the key of each provider comes from; never a key itself. */
export async function keysListCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const views = await session.call('provider.list', {});
  terminal.json(views.map(({ id, needsKey, key }) => ({ provider: id, needsKey, key })));
  for (const view of views) {
    terminal.line(`${terminal.style('bold', view.id.padEnd(11))} ${keyText(view)}`);
  }
  return exitCodes.fine;
}

/** `omega keys set ID`: keeps a key that is typed without echo, or given on standard input. */
export async function keysSetCommand(session: Session, provider: ModelProvider): Promise<ExitCode> {
  const key = await readSecret(`Key of ${provider} (it is not shown): `, session.signal);
  const view = await session.call('key.set', { provider, key });
  session.terminal.json({ provider, key: view.key });
  session.terminal.line(`${view.name}: ${keyText(view)}.`);
  return exitCodes.fine;
}

/** `omega keys keep ID`: keeps the key that this shell's environment gives. */
export async function keysKeepCommand(
  session: Session,
  provider: ModelProvider,
): Promise<ExitCode> {
  const view = await session.call('key.keep', { provider });
  session.terminal.json({ provider, key: view.key });
  session.terminal.line(`Kept; in this shell ${view.name} goes on with the ${keyText(view)}.`);
  return exitCodes.fine;
}

/** `omega keys delete ID`: forgets a kept key. Fails with `NOT_FOUND`. */
export async function keysDeleteCommand(
  session: Session,
  provider: ModelProvider,
): Promise<ExitCode> {
  const view = await session.call('key.delete', { provider });
  session.terminal.json({ provider, key: view.key });
  session.terminal.line(`Deleted. ${view.name} now: ${keyText(view)}.`);
  return exitCodes.fine;
}
