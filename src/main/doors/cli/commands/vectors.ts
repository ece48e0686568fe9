import { OmegaError } from '#shared/error.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { jsonExcerpt, noteDegraded, printFields } from '../kept-text.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { openingModel, whileWaiting } from '../while-waiting.ts';

/** Numbers of a vector that are shown. */
const shownNumbers = 8;

/** `omega vectors list`: the collections and what they hold. */
export async function vectorsListCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const collections = await session.call('vector.collections', {});
  terminal.json(collections);
  if (collections.length === 0) {
    terminal.note('No vectors are kept yet. Programs keep them by the route vector.store.');
  }
  for (const { name, dimensions, size } of collections) {
    const title = terminal.style('bold', printable(name).padEnd(24));
    terminal.line(`${title} ${size} ${size === 1 ? 'vector' : 'vectors'} of ${dimensions} numbers`);
  }
  return exitCodes.fine;
}

/** `omega vectors search COLLECTION TEXT`: the vectors of a collection that are most like a text. */
export async function vectorsSearchCommand(
  session: Session,
  collection: string,
  text: string,
  limit: number,
): Promise<ExitCode> {
  const { terminal } = session;
  const search = session.call('vector.search', { collection, text, k: limit });
  const answer = await whileWaiting(openingModel, search);
  terminal.json(answer);
  noteDegraded(terminal, answer.degraded);
  if (answer.hits.length === 0) {
    terminal.note('The collection is empty. `omega vectors` lists what the others hold.');
  }
  for (const { id, score, metadata } of answer.hits) {
    const title = terminal.style('bold', printable(id));
    terminal.line(`${score.toFixed(3).padStart(6)} ${title} ${jsonExcerpt(metadata)}`.trimEnd());
  }
  return exitCodes.fine;
}

/** `omega vectors get COLLECTION ID`: one vector. Fails with `NOT_FOUND`. */
export async function vectorsGetCommand(
  session: Session,
  collection: string,
  id: string,
): Promise<ExitCode> {
  const { terminal } = session;
  const found = await session.call('vector.get', { collection, id });
  if (found === null) throw noVector(collection, id);
  terminal.json(found);
  const { vector, metadata } = found;
  const first = vector.slice(0, shownNumbers).map((value) => value.toPrecision(4));
  printFields(terminal, {
    id,
    collection,
    numbers: vector.length,
    vector: `${first.join(' ')}${vector.length > shownNumbers ? ' …' : ''}`,
    metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null,
  });
  return exitCodes.fine;
}

/** `omega vectors delete COLLECTION ID`: deletes one, and says which. Fails with `NOT_FOUND`. */
export async function vectorsDeleteCommand(
  session: Session,
  collection: string,
  id: string,
): Promise<ExitCode> {
  const { terminal } = session;
  const found = await session.call('vector.get', { collection, id });
  const { deleted } = await session.call('vector.delete', { collection, id });
  if (!deleted) throw noVector(collection, id);
  const metadata = found?.metadata ?? {};
  terminal.json({ deleted, collection, id, metadata });
  const what = `Deleted the vector ${printable(id)} of ${printable(collection)}`;
  const about = jsonExcerpt(metadata);
  terminal.line(about === '' ? `${what}.` : `${what}: ${about}`);
  return exitCodes.fine;
}

function noVector(collection: string, id: string): OmegaError {
  const message = `There is no vector "${id}" in the collection "${collection}". \`omega vectors\` lists the collections.`;
  return new OmegaError('NOT_FOUND', message);
}
