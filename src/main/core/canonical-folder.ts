import { access, constants, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OmegaError } from '#shared/error.ts';
import { fileError } from './file-error.ts';

/**
 * The one spelling of a folder's path: absolute, without links. Throws `INVALID_INPUT` for what is
 * no folder, `NOT_FOUND`, or `NOT_READABLE`.
 */
export async function canonicalFolder(path: string): Promise<string> {
  if (path.includes('\0')) throw new OmegaError('INVALID_INPUT', 'A path holds no NUL character.');
  try {
    const real = await realpath(resolve(path));
    if (!(await stat(real)).isDirectory()) {
      throw new OmegaError(
        'INVALID_INPUT',
        `"${path}" is a file; choose the folder that holds it.`,
      );
    }
    await access(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}
