import { isNoSpace, systemCode } from '#main/core/file-error.ts';
import { OmegaError } from '#shared/error.ts';

/** Whether the error says that the store cannot be written now, while it can still be read. */
export function isReadOnlyStore(error: unknown): boolean {
  const code = systemCode(error instanceof OmegaError ? error.cause : error);
  return (
    isNoSpace(error) || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR_WRITE')
  );
}

/** Whether the error says that another process has been writing for longer than one waits. */
export function isBusyStore(error: unknown): boolean {
  const code = systemCode(error);
  return code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED';
}

/** Turns an error of SQLite into an {@link OmegaError} that says what to do; others stay as they are. */
export function storeError(error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof OmegaError || !code.startsWith('SQLITE_')) return error;
  const because = { cause: error, details: { system: code } };
  if (isNoSpace(error)) {
    const message = 'The disk of the data folder is full; free some space and try again.';
    return new OmegaError('NO_SPACE', message, { ...because, retryable: true });
  }
  if (isReadOnlyStore(error)) {
    const message = `The store cannot be written (${code}); make the data folder writable.`;
    return new OmegaError('NOT_WRITABLE', message, because);
  }
  if (isBusyStore(error)) {
    const message = 'Another process is writing to the store for long; try again in a moment.';
    return new OmegaError('UNAVAILABLE', message, { ...because, retryable: true });
  }
  const message = `The store failed (${code}); start the app again, which checks it.`;
  return new OmegaError('INTERNAL', message, because);
}
