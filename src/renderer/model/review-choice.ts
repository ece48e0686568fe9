import type { ProposalSummary } from '#shared/run.ts';
import { isStreamKey, type Stream } from './stream-store.ts';

/** What the review shows: a file that is being written, a proposal, or nothing yet. */
export type ReviewChoice =
  | { readonly type: 'stream'; readonly stream: Stream }
  | { readonly type: 'proposal'; readonly proposal: ProposalSummary }
  | null;

/**
 * What is shown for a chosen id. A stream that has ended gives way to the proposal of its path, or
 * else the first of its job; without a choice proposals come before streams, and those that change
 * something before those that do not.
 */
export function chooseReview(
  sorted: readonly ProposalSummary[],
  streams: readonly Stream[],
  id: string | null,
): ReviewChoice {
  const stream = streams.find((one) => one.key === id);
  if (stream) return { type: 'stream', stream };
  const proposal =
    sorted.find((one) => one.id === id) ??
    (id !== null && isStreamKey(id) ? successor(sorted, id) : undefined) ??
    sorted.find(({ state }) => state !== 'unchanged') ??
    sorted[0];
  if (proposal) return { type: 'proposal', proposal };
  const [first] = streams;
  return first ? { type: 'stream', stream: first } : null;
}

function successor(sorted: readonly ProposalSummary[], key: string): ProposalSummary | undefined {
  const ofJob = sorted.filter((one) => key.startsWith(`stream:${one.jobId}:`));
  return ofJob.find((one) => key === `stream:${one.jobId}:${one.path}`) ?? ofJob[0];
}
