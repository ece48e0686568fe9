import type { Draft, Place } from '../draft.ts';
import type { ProjectTree } from '../project-tree.ts';

/** The command that runs a service's tests in its folder, and where that was read. */
export type TestCommand = { readonly command: string; readonly at: Place };

/** Looks for the tests of services of some languages; null where it sees none. Reads no sources. */
export type TestFinder = (draft: Draft, tree: ProjectTree) => Promise<TestCommand | null>;

/** The first file below the service's folder whose path there matches, or null. */
export function fileBelow(draft: Draft, tree: ProjectTree, pattern: RegExp): Place | null {
  const skip = draft.path === '.' ? 0 : draft.path.length + 1;
  const file = tree.under(draft.path).find((path) => pattern.test(path.slice(skip)));
  return file === undefined ? null : { file, line: 1 };
}

/** The 1-based line of the first match in a text; 1 where there is none. */
export function lineOf(text: string, pattern: RegExp): number {
  const at = text.search(pattern);
  return at <= 0 ? 1 : text.slice(0, at).split('\n').length;
}
