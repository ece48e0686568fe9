import {
  DelegateBackoff,
  decorrelatedJitterGenerator,
  type IBackoffFactory,
  type IRetryBackoffContext,
} from 'cockatiel';
import { OmegaError } from '#shared/error.ts';
import type { GuardPolicy } from './guard-policy.ts';

type Jitter = [number, number];

/**
 * Waits with decorrelated jitter, as cockatiel has it; an error whose details say `retryAfterMs`
 * is waited for at least that long, and never longer than the policy's longest wait.
 */
export function retryBackoff({
  initialDelayMs,
  maxDelayMs,
}: GuardPolicy['retry']): IBackoffFactory<IRetryBackoffContext<unknown>> {
  const options = {
    generator: decorrelatedJitterGenerator,
    exponent: 2,
    initialDelay: initialDelayMs,
    maxDelay: maxDelayMs,
  };
  return new DelegateBackoff<IRetryBackoffContext<unknown>, Jitter>(({ result }, state) => {
    const [jittered, next] = decorrelatedJitterGenerator(state, options);
    const asked = 'error' in result ? retryAfterMs(result.error) : 0;
    return { delay: Math.min(maxDelayMs, Math.max(jittered, asked)), state: next };
  });
}

/** How long the failed side asked to be left alone, in ms; 0 where it did not say. */
export function retryAfterMs(error: unknown): number {
  const asked = error instanceof OmegaError ? error.details?.retryAfterMs : undefined;
  return typeof asked === 'number' && asked > 0 ? asked : 0;
}
