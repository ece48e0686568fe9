import type { PriceRow } from '#shared/ai-routes.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** `omega prices list`: every price that is known, and which of them are the user's own. */
export async function pricesListCommand(session: Session): Promise<ExitCode> {
  print(session, await session.call('price.list', {}));
  return exitCodes.fine;
}

/** `omega prices set ID MODEL INPUT OUTPUT`: sets a price, which wins over the list of the app. */
export async function pricesSetCommand(
  session: Session,
  provider: ModelProvider,
  model: string,
  input: number,
  output: number,
): Promise<ExitCode> {
  const rows = await session.call('price.set', { provider, model, input, output });
  print(session, rows, (row) => row.provider === provider && row.model === model.trim());
  return exitCodes.fine;
}

/** `omega prices delete ID MODEL`: takes back a price of the user's own. Fails with `NOT_FOUND`. */
export async function pricesDeleteCommand(
  session: Session,
  provider: ModelProvider,
  model: string,
): Promise<ExitCode> {
  const rows = await session.call('price.delete', { provider, model });
  session.terminal.json(rows);
  session.terminal.line(`Deleted your own price of ${printable(model)}.`);
  return exitCodes.fine;
}

function print(
  { terminal }: Session,
  rows: readonly PriceRow[],
  shown: (row: PriceRow) => boolean = () => true,
): void {
  terminal.json(rows);
  for (const { provider, model, input, output, own } of rows.filter(shown)) {
    const name = `${provider.padEnd(11)} ${printable(model).padEnd(28)}`;
    const price = `$${input} in, $${output} out a million tokens`;
    terminal.line(`${name} ${price}${own ? terminal.style('cyan', '  your own') : ''}`);
  }
}
