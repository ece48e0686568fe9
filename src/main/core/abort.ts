import { OmegaError } from '#shared/error.ts';

/** Throws `CANCELLED` where the signal has aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(signal);
}

/** The error that a cancelled operation ends with. */
export function cancelled(signal?: AbortSignal): OmegaError {
  return new OmegaError('CANCELLED', 'The operation was cancelled; nothing more was written.', {
    cause: signal?.reason,
    retryable: true,
  });
}
