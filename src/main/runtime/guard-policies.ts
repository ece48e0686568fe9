import { type Live, livePart } from '#main/core/live.ts';
import type { GuardPolicy } from '#main/core/resilience/guard-policy.ts';
import type { Config } from '#shared/config.ts';
import type { Served } from './operations.ts';

/** How long after its deadline a cycle may take to be ended and kept, in ms. */
const afterDeadlineMs = 5_000;
/** Longer than any budget of a search, in ms. */
const longestSearchMs = 25 * 3_600_000;

/** The policies that the settings ask for, as long as they do. */
export function guardPolicies(config: Live<Config>): Readonly<Record<Served, Live<GuardPolicy>>> {
  const usual = livePart(config, policyOf);
  return {
    memory: usual,
    agentdb: usual,
    // A cycle ends by its own deadline; what it did must not be done once more.
    loops: livePart(config, (all) => ({
      ...policyOf(all),
      retry: { ...all.retryPolicy, maxRetries: 0 },
      timeoutMs: all.loops.deadlineSecs * 1000 + afterDeadlineMs,
    })),
    // A search ends by its own budget; what it measured must not be measured once more.
    'meta-sona': livePart(config, (all) => ({
      ...policyOf(all),
      retry: { ...all.retryPolicy, maxRetries: 0 },
      timeoutMs: longestSearchMs,
    })),
  };
}

function policyOf({ retryPolicy, breaker, runtime, pools }: Config): GuardPolicy {
  return {
    retry: retryPolicy,
    breaker,
    timeoutMs: runtime.callTimeoutSecs * 1000,
    concurrency: pools.calls,
    queue: pools.queue,
  };
}
