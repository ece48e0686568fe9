import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';

/** The language of a JVM module, by its source folders (Play's is `app`); `usual` where there is none. */
export function languageOf(tree: ProjectTree, folder: string, usual = 'java'): string {
  const counts = new Map<string, number>();
  for (const file of ['src', 'app'].flatMap((name) => tree.under(inFolder(folder, name)))) {
    const language = /\.(java|kt|scala|clj)$/.exec(file)?.[1];
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [usual];
  return { java: 'java', kt: 'kotlin', scala: 'scala', clj: 'clojure' }[most] ?? usual;
}

/** The first place in a module's sources where something listens on a port. */
export function listening(tree: ProjectTree, folder: string): Signal | undefined {
  return tree.signals(folder, 'entry').find(({ value }) => value === 'jvm-listen');
}
