import type { RetryAfterForm } from './fault.ts';

/** The headers that say when to ask again. HTTP's own form knows whole seconds only, so it rounds up. */
export function retryAfterHeaders(
  ms: number,
  as: RetryAfterForm,
): Readonly<Record<string, string>> {
  const seconds = Math.ceil(ms / 1_000);
  if (as === 'seconds') return { 'retry-after': String(seconds) };
  if (as === 'date') return { 'retry-after': new Date(Date.now() + seconds * 1_000).toUTCString() };
  return as === 'ms-header' ? { 'retry-after-ms': String(ms) } : {};
}
