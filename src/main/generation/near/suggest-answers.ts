import type { NearResponse } from '#main/cache/near-responses.ts';
import type { CachedResponse, RequestNote } from '#main/cache/response-cache.ts';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { ParsedInput } from '#shared/contract.ts';
import type { NearAnswer, NearAnswers } from '#shared/near-answers.ts';
import { readNoteDetails } from '../prompts/request-note.ts';
import { compareFacts } from './compare-facts.ts';
import { fitAnswer } from './fit-answer.ts';
import { type NearRequest, type NearRequestContext, nearRequest } from './near-request.ts';

/**
 * How near a request must be for its answer to be suggested, as a cosine. Measured with
 * all-MiniLM-L6-v2 over the 305 Dockerfile requests of 150 real projects, pairs of two projects:
 * of 409 with one kind of service, language, framework and package manager 90 % are at least so near
 * (median 0.92), of 3,106 with one kind and language 31 % (median 0.82), of 39,529 with two languages
 * 0.14 % (median 0.60), most of those JavaScript beside TypeScript with one framework.
 */
export const leastSimilarity = 0.85;
/** Most that are suggested, and most that are read to find them. */
const most = 5;
const mostRead = 60;

/** What suggestions stand on. */
export type SuggestContext = NearRequestContext & {
  readonly isCacheOn: boolean;
  /** See `SqliteResponseCache.peek`. */
  peek(key: string): CachedResponse | null;
  /** See `NearResponses.find`. */
  find(note: RequestNote, least: number, signal: AbortSignal): Promise<readonly NearResponse[]>;
};

/**
 * What of the cache may stand for a request. Near answers are only named: none is taken until a person
 * accepts it. Throws where the request itself cannot be made; that nothing can be compared is told.
 */
export async function suggestAnswers(
  context: SuggestContext,
  wanted: ParsedInput<'cache.suggest'>,
  signal: AbortSignal,
): Promise<NearAnswers> {
  const off = whyOff(context, wanted);
  if (off !== null) return { state: 'off', why: off };
  return answersOf(context, await nearRequest(context, wanted, signal), signal);
}

/** Why nothing kept is used for a run; null where it is. */
export function whyOff(
  { isCacheOn }: SuggestContext,
  { cache }: Pick<ParsedInput<'cache.suggest'>, 'cache'>,
): string | null {
  if (!isCacheOn) return 'The cache is off: nothing kept is used.';
  if (cache === 'off') return 'This run leaves the cache alone: nothing kept is used.';
  return cache === 'refresh' ? 'This run asks anew: nothing kept is used.' : null;
}

/** The same for a request that is made already, of a run that looks into the cache. */
export async function answersOf(
  context: SuggestContext,
  request: NearRequest,
  signal: AbortSignal,
): Promise<NearAnswers> {
  const own = context.peek(request.key);
  if (own) return { state: 'kept', key: request.key, accepted: own.accepted ?? null };
  try {
    return { state: 'near', key: request.key, answers: await search(context, request, signal) };
  } catch (error) {
    throwIfCancelled(signal);
    const said = error instanceof Error ? error.message : String(error);
    const why = `Kept answers cannot be compared now: ${said.slice(0, 300)}`;
    return { state: 'unavailable', why };
  }
}

async function search(
  { peek, find }: SuggestContext,
  { prompt: { note, allowed } }: NearRequest,
  signal: AbortSignal,
): Promise<readonly NearAnswer[]> {
  if (!note) return [];
  const facts = readNoteDetails(note.details)?.facts ?? [];
  const answers = new Map<string, NearAnswer>();
  for (const near of (await find(note, leastSimilarity, signal)).slice(0, mostRead)) {
    const details = readNoteDetails(near.details);
    const text = details && peek(near.key)?.text;
    const files = text ? await fitAnswer(text, details, allowed, signal) : null;
    if (!details || !files) continue;
    const { key, similarity, provider, model, project, madeAt } = near;
    const differs = compareFacts(facts, details.facts);
    const answer = { key, similarity, provider, model, project, madeAt, files, differs };
    // The same files once, by the nearest: an old answer of a project is often what it says today.
    const same = JSON.stringify(files);
    if (!answers.has(same)) answers.set(same, answer);
    if (answers.size === most) break;
  }
  return [...answers.values()];
}
