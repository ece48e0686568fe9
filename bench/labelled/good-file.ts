import type { GoodFile } from './labelled.ts';

/** A public file by its repository's name, the commit and its path there. */
export function goodFile(
  name: string,
  commit: string,
  path: string,
  siblings: readonly string[] = [],
): GoodFile {
  return { repository: { name, commit }, path, siblings };
}

/** Paths of a folder's files, whose names stand in one text with spaces between. */
export function inFolder(folder: string, names: string): readonly string[] {
  return names.split(' ').map((name) => (folder === '' ? name : `${folder}/${name}`));
}
