import type { ResponseCache } from '#main/cache/response-cache.ts';
import { steadyNow } from '#main/core/clock.ts';
import type { ModelRequest } from '../provider.ts';
import type { CallQueue } from './call-queue.ts';
import type { ProviderLane } from './provider-lane.ts';
import { requestKey } from './request-key.ts';

/** What would become of a request now; `ms` is how long it took to tell. */
export type Admitted =
  | { readonly verdict: 'hit'; readonly ms: number }
  | { readonly verdict: 'refused'; readonly why: string; readonly ms: number }
  | {
      readonly verdict: 'passed';
      /** Calls that wait before it, and calls at once that its provider is given. */
      readonly queued: number;
      readonly allowed: number;
      readonly isWaiting: boolean;
      readonly ms: number;
    };

/** Where a request would come through; `cache` is null where it is off. */
export type AdmissionWay = {
  readonly cache: ResponseCache | null;
  readonly lane: ProviderLane;
  readonly queue: CallQueue;
};

/** What would become of such a request now; nobody is asked for it. */
export async function admittedNow(
  request: ModelRequest,
  { cache, lane, queue }: AdmissionWay,
): Promise<Admitted> {
  const began = steadyNow();
  const [kept = null] = cache ? await cache.getMany([requestKey(request)]) : [];
  if (kept) return { verdict: 'hit', ms: steadyNow() - began };
  const why = lane.whyLeftAlone;
  if (why) return { verdict: 'refused', why: why.message, ms: steadyNow() - began };
  const isWaiting = !lane.mayBegin(queue.inFlightAt(request.provider));
  const { queued } = queue;
  const { allowed } = lane.limit;
  return { verdict: 'passed', queued, allowed, isWaiting, ms: steadyNow() - began };
}
