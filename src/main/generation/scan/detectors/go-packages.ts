import type { Place } from '../draft.ts';
import { inFolder, type ProjectTree } from '../project-tree.ts';

/** Packages that one command may be made of; a generated tree with more is cut. */
const maxPackages = 5_000;

/** A Go module of the project: its import path and its folder. */
export type GoModule = { readonly name: string; readonly folder: string };

/** What a `main` package is made of. */
export type Reach = {
  /** Folders of the project's own packages that it is built from, its own first. */
  readonly folders: readonly string[];
  /** Packages from elsewhere, with the place of one import each. */
  readonly imports: ReadonlyMap<string, Place>;
};

/** Follows the imports of a `main` package through the modules of the project. */
export function reach(tree: ProjectTree, main: string, modules: readonly GoModule[]): Reach {
  const folders = new Set([main]);
  const imports = new Map<string, Place>();
  // A Set is walked in order of insertion, also while it grows.
  for (const folder of folders) {
    if (folders.size > maxPackages) break;
    for (const { fact, value, file, line } of tree.signalsIn(folder)) {
      if (fact !== 'import') continue;
      const own = folderOf(value, modules);
      if (own !== null) folders.add(own);
      else if (!imports.has(value)) imports.set(value, { file, line });
    }
  }
  return { folders: [...folders], imports };
}

/** The project's folder that an import path names; null for packages from elsewhere. */
function folderOf(path: string, modules: readonly GoModule[]): string | null {
  for (const { name, folder } of modules) {
    if (path === name) return folder;
    if (path.startsWith(`${name}/`)) return inFolder(folder, path.slice(name.length + 1));
  }
  return null;
}
