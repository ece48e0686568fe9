import { OmegaError } from '#shared/error.ts';
import type { NearAnswer, NearAnswers } from '#shared/near-answers.ts';
import { cacheUse, kindsOf, type RequestOptions } from '../add-request-options.ts';
import { type AskedArtifact, forArtifacts } from '../asked-artifacts.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printNearAnswers } from '../print-near-answers.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

type Found = AskedArtifact & NearAnswers;

/** `omega cache suggest`: kept answers that are near to what a run would ask, and in what they differ. */
export async function cacheSuggestCommand(
  session: Session,
  dir: string,
  options: RequestOptions & { readonly files?: true },
): Promise<ExitCode> {
  const requests = await suggestFor(session, dir, options);
  session.terminal.json({ requests });
  for (const found of requests) {
    printNearAnswers(session.terminal, found, options.files === true);
  }
  return exitCodes.fine;
}

/** `omega cache accept`: takes one of them over; `answer` is its key, or the first digits of it. */
export async function cacheAcceptCommand(
  session: Session,
  dir: string,
  answer: string,
  options: RequestOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const requests = await suggestFor(session, dir, options);
  const matches = requests.flatMap((found) => {
    const near = found.state === 'near' ? found.answers : [];
    return near.filter(({ key }) => key.startsWith(answer)).map((one) => ({ found, one }));
  });
  const [match] = matches;
  if (!match) throw notSuggested(requests);
  if (matches.some(({ one }) => one.key !== match.one.key)) {
    throw new OmegaError(
      'INVALID_INPUT',
      `Several answers begin with ${answer}; give more digits.`,
    );
  }
  const { root, kind, service } = match.found;
  const artifact = { root, kind, service };
  const key = keyOf(match.found);
  const request = { ...(await requestOf(session, artifact, options)), key, from: match.one.key };
  const kept = await session.call('cache.accept', request);
  terminal.json({ ...artifact, ...kept });
  terminal.line(`Accepted for ${aboutText(artifact)}: ${filesText(match.one)}.`);
  const { config } = await session.call('config.get', {});
  if (config.batch.enabled) {
    terminal.note('Batch mode is on: a run that asks for several files at once asks the model.');
  }
  terminal.line(`The next run takes it. To take it back: omega cache forget ${kept.key}`);
  return exitCodes.fine;
}

/** `omega cache forget`: takes an accepted answer back, by the key of the request that it was taken for. */
export async function cacheForgetCommand(session: Session, key: string): Promise<ExitCode> {
  const { forgotten } = await session.call('cache.forget', { key });
  if (!forgotten) {
    throw new OmegaError('NOT_FOUND', 'No accepted answer is kept under this key; nothing to do.');
  }
  session.terminal.json({ forgotten });
  session.terminal.line('Forgotten: the next run asks the model.');
  return exitCodes.fine;
}

async function suggestFor(
  session: Session,
  dir: string,
  options: RequestOptions,
): Promise<readonly Found[]> {
  const { config } = await session.call('config.get', {});
  const kinds = kindsOf(options) ?? config.run.kinds;
  const wanted = { dirs: [dir], kinds, services: options.services ?? null };
  return forArtifacts(session, wanted, async (artifact) =>
    session.call('cache.suggest', await requestOf(session, artifact, options)),
  );
}

async function requestOf(session: Session, artifact: AskedArtifact, options: RequestOptions) {
  const { config } = await session.call('config.get', {});
  const use = options.provider ?? config.providers.use;
  if (use === 'blueprint') {
    throw new OmegaError(
      'INVALID_INPUT',
      'The blueprints ask no model. Name a provider: omega cache suggest DIR --provider ollama.',
    );
  }
  const { model = null, temperature = null, maxTokens = null, memory } = options;
  return { ...artifact, use, model, temperature, maxTokens, memory, cache: cacheUse(options) };
}

function notSuggested(requests: readonly Found[]): OmegaError {
  const why = requests.flatMap((found) => ('why' in found ? [found.why] : []));
  const kept = requests.length > 0 && requests.every(({ state }) => state === 'kept');
  if (why[0] !== undefined) return new OmegaError('UNAVAILABLE', why[0]);
  return new OmegaError(
    'NOT_FOUND',
    kept
      ? 'Every request of this run has an answer of its own in the cache already.'
      : 'No such answer is near to what this run would ask; omega cache suggest lists those that are.',
  );
}

function keyOf(found: Found): string {
  return 'key' in found ? found.key : '';
}

function aboutText({ kind, service, root }: AskedArtifact): string {
  return printable(`${kind} of ${service ?? root}`);
}

function filesText({ files }: NearAnswer): string {
  return printable(files.map(({ path }) => path).join(', '));
}
