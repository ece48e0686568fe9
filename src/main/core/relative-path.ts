import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { OmegaError } from '#shared/error.ts';

/** Names that open a device on Windows, whatever their extension. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
const maxPathLength = 1024;

/**
 * Joins a relative path (forward or back slashes) to an absolute root by its text alone. Throws
 * `REFUSED` for whatever could name something outside the root or other than a plain file on any
 * system: absolute paths, `..`, control characters, drive or stream colons, device names, `.git`.
 */
export function joinWithin(root: string, path: string): string {
  const reason = whyUnsafe(path);
  if (reason) throw refusedPath(path, reason);
  const absolute = join(resolve(root), ...path.split(/[\\/]/));
  const back = relative(resolve(root), absolute);
  if (back === '' || back === '..' || back.startsWith(`..${sep}`) || isAbsolute(back)) {
    throw refusedPath(path, 'it leads out of the project');
  }
  return absolute;
}

/** The error for a path that is not safe to touch; `advice` is a sentence. */
export function refusedPath(path: string, reason: string, advice = 'Rename it.'): OmegaError {
  const shown = JSON.stringify(path.slice(0, 200));
  return new OmegaError('REFUSED', `The path ${shown} is refused: ${reason}. ${advice}`, {
    details: { path: path.slice(0, maxPathLength) },
  });
}

/** Why a relative path is not safe by its text, as the end of a sentence; null where it is. */
export function whyUnsafe(path: string): string | null {
  if (path.length === 0) return 'it is empty';
  if (path.length > maxPathLength) return `it is longer than ${maxPathLength} characters`;
  for (let at = 0; at < path.length; at += 1) {
    if (path.charCodeAt(at) < 32) return 'it holds a control character';
  }
  if (isAbsolute(path) || path.startsWith('/') || path.startsWith('\\')) return 'it is absolute';
  for (const segment of path.split(/[\\/]/)) {
    const reason = whyUnsafeSegment(segment);
    if (reason) return reason;
  }
  return null;
}

function whyUnsafeSegment(segment: string): string | null {
  if (segment === '..') return 'it climbs out of its folder';
  if (segment === '' || segment === '.') return 'it is not in its shortest form';
  if (segment.includes(':')) return 'a colon names a drive or a stream on Windows';
  // Windows drops trailing dots and spaces, so `.git ` and `.git.` are `.git` there.
  const plain = segment.replace(/[. ]+$/, '').toLowerCase();
  if (plain !== segment.toLowerCase()) return 'a segment ends with a dot or a space';
  if (plain === '.git' || plain === 'git~1') return 'the .git folder belongs to git';
  if (deviceName.test(segment)) return 'it is the name of a device on Windows';
  return null;
}
