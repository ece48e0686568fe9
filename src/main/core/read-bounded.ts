import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { OmegaError } from '#shared/error.ts';
import { fileError, systemCode } from './file-error.ts';

/** What a file holds and how it is kept. */
export type FileState = {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
};

/**
 * Reads a plain file of at most `maxBytes`; null where there is none. Throws `REFUSED` for a bigger
 * one or for something that is no plain file, `NOT_READABLE` where it may not be read.
 */
export async function readBounded(path: string, maxBytes: number): Promise<FileState | null> {
  try {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!stats.isFile())
        throw new OmegaError('REFUSED', `"${path}" is not a plain file; move it away.`);
      if (stats.size > maxBytes) throw tooLarge(path, maxBytes);
      const bytes = await handle.readFile();
      if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
      return { bytes, mode: stats.mode, uid: stats.uid, gid: stats.gid };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw fileError(error, path, 'read');
  }
}

function tooLarge(path: string, maxBytes: number): OmegaError {
  return new OmegaError(
    'REFUSED',
    `"${path}" is larger than ${Math.round(maxBytes / 1e6)} MB, the most that is read; make it smaller or move it away.`,
  );
}
