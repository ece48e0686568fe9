import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { OmegaError } from '#shared/error.ts';
import { fileError } from './file-error.ts';

/**
 * The one spelling of a folder's path: absolute, without links; `~` is the home folder. Throws
 * `INVALID_INPUT` for what is no folder and for a relative path, since nobody sees from which folder
 * it would count; `NOT_FOUND`, or `NOT_READABLE`.
 */
export async function canonicalFolder(path: string): Promise<string> {
  if (path.includes('\0')) throw new OmegaError('INVALID_INPUT', 'A path holds no NUL character.');
  const whole = /^~(?:[/\\]|$)/.test(path) ? join(homedir(), path.slice(1)) : path;
  if (!isAbsolute(whole)) {
    throw new OmegaError(
      'INVALID_INPUT',
      `"${path}" is not a whole path; give it from the root, such as "${join(homedir(), 'shop')}".`,
    );
  }
  try {
    const real = await realpath(whole);
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
