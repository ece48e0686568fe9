import type { CallFigures, SlowReason } from '#shared/calls.ts';

/** How a gate stands now, as its record asks for it. */
export type GateState = Pick<CallFigures, 'mode' | 'inFlight' | 'queued' | 'allowed' | 'limit'> & {
  readonly isCacheOn: boolean;
  /** Whether the answers of a provider take well longer than at their fastest. */
  readonly isLate: boolean;
  /** Whether the breaker of a provider is not closed. */
  readonly isBroken: boolean;
};

/**
 * Why calls are slow now:
 * - `rate-limited`: a provider answered with a 429 within the last ten seconds;
 * - `breaker`: a provider that was asked fails repeatedly and is left alone;
 * - `latency`: answers take over 2.5 times as long a token as at their fastest of the last minute;
 * - `limit`: calls or jobs wait, and as many as the settings and the provider allow are in flight;
 * - `cache-off`: the cache is switched off while calls are made.
 * Where nothing was asked within ten seconds nothing is slow.
 */
export function slowReasons(
  state: GateState,
  recent: { readonly answers: number; readonly rateLimited: number },
): readonly SlowReason[] {
  const isBusy = state.inFlight + state.queued + recent.answers + recent.rateLimited > 0;
  if (!isBusy) return [];
  const reasons: Readonly<Record<SlowReason, boolean>> = {
    'rate-limited': recent.rateLimited > 0,
    breaker: state.isBroken,
    latency: state.isLate,
    limit: state.queued > 0 && state.inFlight >= state.allowed,
    'cache-off': !state.isCacheOn,
  };
  return (Object.keys(reasons) as SlowReason[]).filter((reason) => reasons[reason]);
}
