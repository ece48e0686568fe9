import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { isImproved, type Surroundings } from './blueprint.ts';

/** A file that the author wrote. */
export type AuthorsText = { readonly path: string; readonly content: string };

/** Files of one kind that are read at most: each is parsed and judged in a run. */
const maxFiles = 60;

/** Paths of files of a kind that the scan found, and of those that we write; none where all is written anew. */
export function pathsOfKind(
  project: ScanResult,
  kind: string,
  own: readonly string[],
  { existing }: Target,
): readonly string[] {
  if (existing === 'replace') return [];
  const found = project.existing.filter((one) => one.kind === kind).map(({ path }) => path);
  return [...new Set([...own, ...found.slice(0, maxFiles)])];
}

/** The author's files of a kind, but for those in our own places: such a one was ours, and stays alone. */
export function authorsOfKind(
  project: ScanResult,
  kind: string,
  own: readonly string[],
  surroundings: Surroundings,
): readonly AuthorsText[] {
  return project.existing.flatMap(({ kind: is, path }) => {
    const content = surroundings.texts.get(path)?.content;
    if (is !== kind || own.includes(path) || content === undefined) return [];
    return isImproved(surroundings, path) ? [{ path, content }] : [];
  });
}

/** What is to stand at one of our places: what the author made of our file, or else what we write. */
export function keptOr(surroundings: Surroundings, path: string, content: string): string {
  const theirs = surroundings.texts.get(path);
  return theirs && isImproved(surroundings, path) ? theirs.content : content;
}
