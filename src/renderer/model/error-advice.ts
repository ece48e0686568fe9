import { type ErrorCode, type ErrorData, OmegaError } from '#shared/error.ts';

const titles: Readonly<Record<ErrorCode, string>> = {
  INVALID_INPUT: 'That cannot be used',
  NOT_FOUND: 'Not found',
  NOT_READABLE: 'Cannot read this',
  NOT_WRITABLE: 'Cannot write here',
  CONFLICT: 'Changed in the meantime',
  REFUSED: 'Refused to keep your files safe',
  CANCELLED: 'Cancelled',
  TIMEOUT: 'Took too long',
  NO_SPACE: 'The disk is full',
  UNAUTHORIZED: 'Not allowed in',
  UNAVAILABLE: 'No answer',
  CIRCUIT_OPEN: 'Resting after repeated failures',
  SUBSYSTEM_DEGRADED: 'A part of Omega is not whole',
  NOT_RUNNING: 'Omega is not running',
  NOT_AVAILABLE: 'Not there yet',
  CAPABILITY_NOT_REACHED: 'Nothing good enough was found',
  INTERNAL: 'Something broke inside Omega',
};

/** A heading for an error code, for people. */
export function errorTitle(code: ErrorCode): string {
  return titles[code];
}

/** Any thrown value as {@link ErrorData}; what is not ours counts as INTERNAL. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message, retryable: true };
}
