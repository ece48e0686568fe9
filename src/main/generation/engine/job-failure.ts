import { type ErrorData, OmegaError } from '#shared/error.ts';

/** What a job that threw has failed with, as its row keeps it. */
export function jobFailure(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `This file could not be made: ${message.slice(0, 500)}. The others are not affected.`,
    retryable: false,
  };
}
