import { opendir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import { fileError } from '#main/core/file-error.ts';
import type { FolderListing } from '#shared/contract.ts';
import type { HandlersOf } from './context.ts';

/** Folders listed at most, and entries looked at to find them. */
const maxFolders = 2_000;
const maxEntries = 50_000;

/** Lists the folders in a folder, for the picker of the browser door; the home folder by default. */
export function folderHandlers(): HandlersOf<'folder'> {
  return {
    'folder.list': ({ path }, signal) => listFolders(path ?? homedir(), signal),
  };
}

async function listFolders(wanted: string, signal: AbortSignal): Promise<FolderListing> {
  const path = await canonicalFolder(wanted);
  const names: string[] = [];
  let seen = 0;
  try {
    for await (const entry of await opendir(path)) {
      throwIfCancelled(signal);
      seen += 1;
      const isFolder =
        entry.isDirectory() ||
        (entry.isSymbolicLink() && (await isFolderLink(join(path, entry.name))));
      if (isFolder) names.push(entry.name);
      if (names.length >= maxFolders || seen >= maxEntries) break;
    }
  } catch (error) {
    throw fileError(error, path, 'read');
  }
  names.sort((a, b) => a.localeCompare(b));
  const parent = dirname(path);
  return {
    path,
    parent: parent === path ? null : parent,
    folders: names.map((name) => ({ name, path: join(path, name) })),
  };
}

async function isFolderLink(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isDirectory() ?? false;
}
