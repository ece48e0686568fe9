import { retryAfterMs } from '#main/core/resilience/retry-backoff.ts';
import { type ErrorCode, OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** Failures after which the next provider is asked: they say nothing about the request. */
const reroutable: ReadonlySet<ErrorCode> = new Set([
  'UNAVAILABLE',
  'TIMEOUT',
  'UNAUTHORIZED',
  'CIRCUIT_OPEN',
]);

/** Whether a provider refused because it is asked too often. */
export function isRateLimit(error: unknown): boolean {
  return error instanceof OmegaError && error.details?.status === 429;
}

/** How long a provider that refused so asks to be left alone, in ms; 0 where it does not say. */
export function restOf(error: unknown): number {
  return isRateLimit(error) ? retryAfterMs(error) : 0;
}

/**
 * Whether a failure says that the provider does not work: it counts for the breaker. A 429 does not,
 * the provider is there; its limit and its rest answer that.
 */
export function isProviderFault(error: unknown): boolean {
  if (!(error instanceof OmegaError)) return true;
  if (error.code === 'UNAVAILABLE') return !isRateLimit(error);
  return error.code === 'TIMEOUT' || error.code === 'INTERNAL';
}

/** Whether the same provider may be asked again. A time-out is not: it has taken the time that there was. */
export function isRetryable(error: unknown): boolean {
  return error instanceof OmegaError && error.retryable && error.code === 'UNAVAILABLE';
}

/** Whether another provider may be asked in the place of the one that failed so for good. */
export function isReroutable(error: unknown): boolean {
  return error instanceof OmegaError && reroutable.has(error.code);
}

/** A provider may not be asked now; `forMs` is how long still. */
export function leftAlone(provider: ModelProvider, why: string, forMs: number): OmegaError {
  const seconds = Math.max(1, Math.ceil(forMs / 1000));
  const message = `${provider} ${why} and is left alone for up to ${seconds} s; try again then, or name another provider to fall back on.`;
  return new OmegaError('CIRCUIT_OPEN', message, {
    retryable: true,
    details: { provider, retryAfterMs: forMs },
  });
}

/** Whether a run's budget is used up. */
export function isOverBudget(error: unknown): boolean {
  return (
    error instanceof OmegaError && error.code === 'REFUSED' && error.details?.budget !== undefined
  );
}
