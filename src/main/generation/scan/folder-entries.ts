import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { systemCode } from '#main/core/file-error.ts';

/** What lies in a folder, by what it is. */
export type FolderEntry = {
  readonly name: string;
  readonly kind: 'link' | 'folder' | 'file' | 'special';
};

/**
 * What files that are to be there add to each folder (`''` is the root), with the folders that they
 * need.
 */
export function addedEntries(paths: Iterable<string>): ReadonlyMap<string, readonly FolderEntry[]> {
  const found = new Map<string, Map<string, FolderEntry>>();
  for (const path of paths) {
    const names = path.split('/');
    for (const [depth, name] of names.entries()) {
      const folder = names.slice(0, depth).join('/');
      const entries = found.get(folder) ?? new Map<string, FolderEntry>();
      entries.set(name, { name, kind: depth < names.length - 1 ? 'folder' : 'file' });
      found.set(folder, entries);
    }
  }
  return new Map([...found].map(([folder, entries]) => [folder, [...entries.values()]]));
}

/**
 * The entries of a folder on disk, and those of `added` that are not there; a folder of such files
 * alone may be missing itself. `failed` is the system's code where it could not be read.
 */
export async function folderEntries(
  path: string,
  added: readonly FolderEntry[] = [],
): Promise<{ readonly entries: readonly FolderEntry[]; readonly failed: string | null }> {
  let found: readonly FolderEntry[] = [];
  let failed: string | null = null;
  try {
    const entries = await readdir(path, { withFileTypes: true });
    found = entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  } catch (error) {
    if (added.length === 0 || systemCode(error) !== 'ENOENT') failed = systemCode(error) || 'error';
  }
  if (added.length === 0) return { entries: found, failed };
  const names = new Set(found.map(({ name }) => name));
  return { entries: [...found, ...added.filter(({ name }) => !names.has(name))], failed };
}

function kindOf(entry: Dirent): FolderEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'special';
}
