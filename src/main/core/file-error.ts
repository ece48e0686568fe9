import { OmegaError } from '#shared/error.ts';

/** The code of a system or SQLite error (`ENOENT`, `SQLITE_FULL`), or an empty string. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}

const noSpace = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const denied = new Set(['EACCES', 'EPERM', 'SQLITE_READONLY', 'SQLITE_CANTOPEN']);
const missing = new Set(['ENOENT', 'ENOTDIR']);

/** Whether the error says that the disk, or the user's share of it, is full. */
export function isNoSpace(error: unknown): boolean {
  return (
    noSpace.has(systemCode(error)) || (error instanceof OmegaError && error.code === 'NO_SPACE')
  );
}

/** Turns a file system error into an {@link OmegaError} that names the file and what to do. */
export function fileError(error: unknown, path: string, doing: 'read' | 'write'): OmegaError {
  if (error instanceof OmegaError) return error;
  const code = systemCode(error);
  const because = { cause: error, details: { path, system: code } };
  if (noSpace.has(code)) {
    return new OmegaError(
      'NO_SPACE',
      `The disk of "${path}" is full; free some space and try again.`,
      { ...because, retryable: true },
    );
  }
  if (code === 'EROFS') {
    return new OmegaError(
      'NOT_WRITABLE',
      `"${path}" is on a read-only disk (EROFS); mount it for writing or choose another folder.`,
      because,
    );
  }
  if (denied.has(code) && doing === 'write') {
    return new OmegaError(
      'NOT_WRITABLE',
      `"${path}" cannot be written (${code}); change its permissions or choose another folder.`,
      because,
    );
  }
  if (denied.has(code)) {
    return new OmegaError(
      'NOT_READABLE',
      `"${path}" cannot be read (${code}); change its permissions or choose another folder.`,
      because,
    );
  }
  if (missing.has(code)) {
    return new OmegaError('NOT_FOUND', `"${path}" does not exist; check the path.`, because);
  }
  const fallback = doing === 'write' ? 'NOT_WRITABLE' : 'NOT_READABLE';
  return new OmegaError(
    fallback,
    `Could not ${doing} "${path}" (${code || String(error)}).`,
    because,
  );
}
