import type { GoodFile } from './labelled.ts';

/** Files of one repository at a full commit, each with the same files beside it. */
export function filesOf(
  name: string,
  commit: string,
  paths: readonly string[],
  siblings: readonly string[] = [],
): readonly GoodFile[] {
  return paths.map((path) => ({ repository: { name, commit }, path, siblings }));
}
