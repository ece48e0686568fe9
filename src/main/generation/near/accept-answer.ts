import type { CachedResponse, CacheOwner } from '#main/cache/response-cache.ts';
import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { NearRouteOutputs } from '#shared/near-answers.ts';
import { writeBlocks } from '../answers/block-format.ts';
import { nearRequest } from './near-request.ts';
import { answersOf, type SuggestContext, whyOff } from './suggest-answers.ts';

/** What accepting stands on. */
export type AcceptContext = SuggestContext & {
  now(): number;
  /** Resolves when it is kept, or cannot be. */
  set(key: string, owner: CacheOwner, response: CachedResponse): Promise<void>;
};

/**
 * Keeps a copy of a suggested answer as the answer of a request, with the request's own marks: the next
 * run takes it as one from the cache, and judges its files as those of any answer. Throws `CONFLICT`
 * where the request is no longer the one that it was suggested for, `NOT_FOUND` where the answer is
 * not suggested for it.
 */
export async function acceptAnswer(
  context: AcceptContext,
  wanted: ParsedInput<'cache.accept'>,
  signal: AbortSignal,
): Promise<NearRouteOutputs['cache.accept']> {
  const { key, from, ...request } = wanted;
  const off = whyOff(context, wanted);
  if (off !== null) throw new OmegaError('REFUSED', `${off} Nothing was accepted.`);
  const asked = await nearRequest(context, request, signal);
  if (asked.key !== key) {
    throw new OmegaError(
      'CONFLICT',
      'What would be sent has changed since these answers were looked for. Look again, then accept.',
    );
  }
  const found = await answersOf(context, asked, signal);
  if (found.state === 'kept') return found;
  if (found.state !== 'near') throw new OmegaError('UNAVAILABLE', found.why, { retryable: true });
  const answer = found.answers.find((one) => one.key === from);
  if (!answer) {
    throw new OmegaError(
      'NOT_FOUND',
      'This answer is not, or no longer, near to the request. Look for near answers again.',
    );
  }
  const { provider, model, project, madeAt, files } = answer;
  const accepted = { key: from, provider, model, project, madeAt, acceptedAt: context.now() };
  const text = writeBlocks(files, asked.prompt.tag);
  const counts = { finish: 'stop', inputTokens: null, outputTokens: null };
  const response = { text, ...counts, accepted };
  await context.set(key, { provider, project: request.root }, response);
  if (context.peek(key)?.accepted?.key !== from) {
    throw new OmegaError(
      'UNAVAILABLE',
      'The answer could not be kept: see the log, and whether the disk is full.',
    );
  }
  return { state: 'kept', key, accepted };
}
