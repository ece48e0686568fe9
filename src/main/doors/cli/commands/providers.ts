import type { KeySource, ModelProvider, ProviderView } from '#shared/providers.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { whileWaiting } from '../while-waiting.ts';

/** `omega providers list`: every provider, its address, where its key comes from, and what it lacks. */
export async function providersListCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const views = await session.call('provider.list', {});
  terminal.json(views);
  for (const view of views) {
    const title = terminal.style('bold', view.id.padEnd(11));
    terminal.line(`${title} ${printable(view.url) || 'no address'}`);
    const model = view.model === '' ? 'the first model it offers' : view.model;
    terminal.line(`            ${printable(model)}; ${keyText(view)}`);
    if (view.lacks !== null) {
      terminal.line(terminal.style('yellow', `            ${printable(view.lacks)}`));
    }
  }
  return exitCodes.fine;
}

/** `omega providers test [ID]`: tries one, or all that lack nothing. Fails where one does not answer. */
export async function providersTestCommand(
  session: Session,
  id: ModelProvider | undefined,
): Promise<ExitCode> {
  const { terminal } = session;
  const views = await session.call('provider.list', {});
  const chosen = views.filter((view) => (id ? view.id === id : view.lacks === null));
  const asking = chosen.map(async (view) => ({
    provider: view.id,
    ...(await session.call('provider.test', { provider: view.id })),
  }));
  const tests = await whileWaiting('Asking …', Promise.all(asking));
  terminal.json(tests);
  for (const test of tests) {
    const title = terminal.style('bold', test.provider.padEnd(11));
    const result = test.ok
      ? `${terminal.style('green', 'answers')} in ${test.ms} ms and offers ${test.models} ${test.models === 1 ? 'model' : 'models'}`
      : `${terminal.style('red', test.error.code)} ${printable(test.error.message)}`;
    terminal.line(`${title} ${result}`);
  }
  return tests.every(({ ok }) => ok) ? exitCodes.fine : exitCodes.findings;
}

/** `omega providers models ID`: what it offers, with context and price where they are known. */
export async function providersModelsCommand(
  session: Session,
  provider: ModelProvider,
): Promise<ExitCode> {
  const { terminal } = session;
  const models = await whileWaiting('Asking …', session.call('provider.models', { provider }));
  terminal.json(models);
  if (models.length === 0) terminal.note(`${provider} offers no model that writes text.`);
  for (const { id, contextTokens, price } of models) {
    const context = contextTokens === null ? '' : `${contextTokens} tokens`;
    const cost = price ? `$${price.input} in, $${price.output} out a million` : 'price unknown';
    terminal.line(
      `${terminal.style('bold', printable(id).padEnd(40))} ${cost}  ${context}`.trimEnd(),
    );
  }
  return exitCodes.fine;
}

/** Where a key is, in words. */
export function keyText({ key, needsKey }: Pick<ProviderView, 'key' | 'needsKey'>): string {
  const places: Readonly<Record<KeySource['from'], string>> = {
    environment: key.from === 'environment' ? `key from ${key.variable}` : '',
    keyring: "key in the system's keyring",
    file: 'key in an encrypted file of the data folder',
    none: needsKey ? 'no key' : 'needs no key',
  };
  return places[key.from];
}
