import type { ModelProvider } from '#shared/providers.ts';
import type { LaneWindow } from './window.ts';

/** Requests before which a share of failures says something, by itself and where runs failed of it. */
const leastRequests = 20;
const leastWithPattern = 3;
/** Requests of those that still ask it before its return is believed. */
const leastReturned = 3;
const oftenFailed = 0.5;
const seldomFailed = 0.2;
/** One call in five still asks it first, so that its return is seen. */
const lowShare = 0.2;

/** A decision with its reason. */
export type ShareMove = { readonly value: number; readonly why: string };

/**
 * The share of calls that ask a provider at its own place, or null where that stays: one that fails
 * half of its requests is asked last while another can answer, until it fails seldom.
 */
export function decideShare(
  window: LaneWindow,
  now: number,
  others: readonly (LaneWindow | null)[],
  hasPattern: boolean,
): ShareMove | null {
  const { provider } = window;
  const requests = window.answered + window.failures;
  const failed = failedShare(window);
  const percent = `${Math.round(failed * 100)} % of ${requests} requests to ${provider} failed`;
  if (now < 1) {
    if (requests < leastReturned || failed >= seldomFailed) return null;
    return { value: 1, why: `${percent}; it has its place again.` };
  }
  if (requests < (hasPattern ? leastWithPattern : leastRequests) || failed < oftenFailed) {
    return null;
  }
  const isWellBeside = others.some((other) => other === null || failedShare(other) < oftenFailed);
  if (!isWellBeside) return null;
  return { value: lowShare, why: `${percent}; four calls of five ask another first.` };
}

/** Those that may answer beside a provider, with what they did; null for one that was not asked yet. */
export function besides(
  provider: ModelProvider,
  fallbacks: readonly ModelProvider[],
  windows: ReadonlyMap<ModelProvider, LaneWindow>,
): readonly (LaneWindow | null)[] {
  return fallbacks.filter((other) => other !== provider).map((other) => windows.get(other) ?? null);
}

function failedShare({ answered, failures }: LaneWindow): number {
  const requests = answered + failures;
  return requests === 0 ? 0 : failures / requests;
}
