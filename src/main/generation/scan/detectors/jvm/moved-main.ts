import type { Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';

/**
 * The module's only main class, where the build names one of the same name in another package: the
 * class was moved and its jar starts no more (`ClassNotFoundException`). Null where all is well or unclear.
 */
export function movedMain(
  tree: ProjectTree,
  folder: string,
  named: string | null,
): { readonly name: string; readonly at: Place } | null {
  if (named === null || !/^(?:[\w$]+\.)+[\w$]+$/.test(named)) return null;
  const sources = inFolder(folder, 'src/main/java');
  const path = `${named.replaceAll('.', '/')}.java`;
  if (tree.withExtension('.java').some((file) => file.endsWith(`/${path}`))) return null;
  const mains = tree.signals(sources, 'entry').filter(({ value }) => value === 'jvm-main');
  const [only, another] = mains;
  const simple = named.slice(named.lastIndexOf('.') + 1);
  if (!only || another || !only.file.endsWith(`/${simple}.java`)) return null;
  const name = only.file.slice(sources.length + 1, -'.java'.length).replaceAll('/', '.');
  return /^[\w.$]+$/.test(name) ? { name, at: { file: only.file, line: only.line } } : null;
}
