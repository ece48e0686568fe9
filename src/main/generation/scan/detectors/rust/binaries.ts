import { at, list, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import type { Crate } from './crates.ts';

/** A binary target: its name and the file with its `main`. */
export type Binary = { readonly name: string; readonly file: string };

/** The binaries of a crate: those it declares and those that Cargo finds by itself. */
export function binariesOf(tree: ProjectTree, crate: Crate): readonly Binary[] {
  const found = new Map<string, string>();
  for (const bin of list(at(crate.manifest, 'bin'))) {
    const name = text(at(bin, 'name'));
    if (name === null) continue;
    const path = text(at(bin, 'path'));
    const file =
      path === null
        ? tree.firstIn(crate.folder, [
            `src/bin/${name}.rs`,
            `src/bin/${name}/main.rs`,
            'src/main.rs',
          ])
        : inFolder(crate.folder, path);
    if (file !== null) found.set(file, name);
  }
  if (at(crate.manifest, 'package', 'autobins') !== false) {
    const main = inFolder(crate.folder, 'src/main.rs');
    if (tree.has(main) && !found.has(main)) found.set(main, crate.name);
    const folder = inFolder(crate.folder, 'src/bin');
    for (const file of tree.under(folder)) {
      const own = file.slice(folder.length + 1);
      const name = /^([^/]+)\.rs$/.exec(own)?.[1] ?? /^([^/]+)\/main\.rs$/.exec(own)?.[1];
      if (name && !found.has(file)) found.set(file, name);
    }
  }
  return [...found].map(([file, name]) => ({ name, file }));
}

/** Folders with sources of a crate and of the crates of the project that it uses. */
export function sourceFolders(tree: ProjectTree, crates: readonly Crate[]): readonly string[] {
  const folders = crates.flatMap(({ folder }) =>
    tree
      .under(inFolder(folder, 'src'))
      .filter((file) => file.endsWith('.rs'))
      .map(parentOf),
  );
  return [...new Set(folders)];
}
