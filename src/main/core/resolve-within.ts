import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileError, systemCode } from './file-error.ts';
import { joinWithin, refusedPath } from './relative-path.ts';

const moveAway = 'Move it away and try again.';

/**
 * The absolute path of `path` under `root`, safe to write: safe by its text (see
 * {@link joinWithin}), no parent leads out of the root through a link or is anything but a folder,
 * and the target, where it exists, is a plain file and no link. Throws `REFUSED`, or `NOT_FOUND`
 * and `NOT_READABLE` for the root.
 */
export async function resolveWithin(root: string, path: string): Promise<string> {
  const absolute = joinWithin(root, path);
  const realRoot = await realpath(root).catch((error: unknown) => {
    throw fileError(error, root, 'read');
  });
  for (const parent of parentsBetween(root, absolute)) {
    const stats = await lstatOrNull(parent);
    if (!stats) break;
    if (stats.isSymbolicLink()) await requireInside(realRoot, parent, path);
    else if (!stats.isDirectory()) {
      throw refusedPath(path, `"${relative(root, parent)}" is not a folder`, moveAway);
    }
  }
  const target = await lstatOrNull(absolute);
  if (target?.isSymbolicLink()) throw refusedPath(path, 'it is a symbolic link', moveAway);
  if (target && !target.isFile())
    throw refusedPath(path, 'it exists and is not a plain file', moveAway);
  return absolute;
}

/** The folders from below the root down to the target's own, outermost first. */
export function parentsBetween(root: string, absolute: string): readonly string[] {
  const top = resolve(root);
  const parents: string[] = [];
  for (let at = dirname(absolute); at !== top && at !== dirname(at); at = dirname(at)) {
    parents.unshift(at);
  }
  return parents;
}

async function requireInside(realRoot: string, parent: string, path: string): Promise<void> {
  const real = await realpath(parent).catch(() => null);
  const back = real === null ? '..' : relative(realRoot, real);
  const outside = back === '..' || back.startsWith(`..${sep}`) || isAbsolute(back);
  if (outside)
    throw refusedPath(path, 'a folder in it is a link that leads out of the project', moveAway);
  if (back.split(sep).includes('.git'))
    throw refusedPath(path, 'a folder in it links into .git', moveAway);
}

async function lstatOrNull(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw fileError(error, path, 'read');
  }
}
