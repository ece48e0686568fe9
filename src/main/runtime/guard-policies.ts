import { type Live, livePart } from '#main/core/live.ts';
import type { GuardPolicy } from '#main/core/resilience/guard-policy.ts';
import type { Config } from '#shared/config.ts';

/** The policy that the settings ask for, as long as they do. */
export function guardPolicies(config: Live<Config>): Live<GuardPolicy> {
  return livePart(config, ({ retryPolicy, breaker, runtime, pools }) => ({
    retry: retryPolicy,
    breaker,
    timeoutMs: runtime.callTimeoutSecs * 1000,
    concurrency: pools.calls,
    queue: pools.queue,
  }));
}
