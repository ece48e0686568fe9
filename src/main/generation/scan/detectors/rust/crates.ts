import type { Place } from '../../draft.ts';
import { firstLines } from '../../formats/lines.ts';
import { readToml } from '../../formats/parse.ts';
import { at, list, type Table, table, text, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

/** A package of Cargo with its manifest, and the workspace that it belongs to. */
export type Crate = {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly manifest: Table;
  /** Folder whose Cargo.lock and target folder hold for it. */
  readonly workspace: string;
  /** The workspace's manifest, from which keys are inherited. */
  readonly shared: Table;
  /** Line of `[package]`. */
  readonly line: number;
};

/** A run-time dependency of a crate: its features are part of what it is. */
export type CrateDependency = {
  readonly name: string;
  readonly features: readonly string[];
  /** Folder in the project, for a path dependency. */
  readonly folder: string | null;
  readonly at: Place;
};

/** All crates of a project; manifests that only name a workspace are none. */
export async function readCrates(tree: ProjectTree): Promise<readonly Crate[]> {
  const manifests = new Map<string, Table>();
  for (const file of tree.named('Cargo.toml')) {
    const manifest = await readToml(tree, file);
    if (manifest) manifests.set(parentOf(file), manifest);
  }
  const crates: Crate[] = [];
  for (const [folder, manifest] of manifests) {
    const name = text(at(manifest, 'package', 'name'));
    if (name === null) continue;
    const file = inFolder(folder, 'Cargo.toml');
    const workspace = workspaceOf(folder, manifests);
    const line = findLine((await tree.read(file)) ?? '', /^\s*\[package\]/m);
    const shared = table(manifests.get(workspace));
    crates.push({ name, folder, file, manifest, workspace, shared, line });
  }
  return crates;
}

/** A key of `[package]`, the workspace's where it is inherited. */
export function packageKey(crate: Crate, key: string): unknown {
  const value = at(crate.manifest, 'package', key);
  return at(value, 'workspace') === true ? at(crate.shared, 'workspace', 'package', key) : value;
}

/** The crate's run-time dependencies with the features that it and its workspace ask for. */
export function dependenciesOf(crate: Crate, source: string): readonly CrateDependency[] {
  const lines = firstLines(
    source,
    /^[ \t]*(?:\[dependencies\.)?["']?([\w-]+)["']?[ \t]*(?:[=\]]|\.[\w-]+[ \t]*=)/gm,
  );
  return Object.entries(table(at(crate.manifest, 'dependencies'))).map(([key, wish]) => {
    const inherited = at(wish, 'workspace') === true;
    const base = inherited ? at(crate.shared, 'workspace', 'dependencies', key) : wish;
    const path = text(at(base, 'path'));
    return {
      name: text(at(base, 'package')) ?? key,
      features: [...texts(at(base, 'features')), ...(inherited ? texts(at(wish, 'features')) : [])],
      folder: path === null ? null : inFolder(inherited ? crate.workspace : crate.folder, path),
      at: { file: crate.file, line: lines.get(key) ?? crate.line },
    };
  });
}

/** The nearest folder above (or the crate's own) whose workspace does not leave the crate out. */
function workspaceOf(folder: string, manifests: ReadonlyMap<string, Table>): string {
  for (let here = folder; ; here = parentOf(here)) {
    const workspace = at(manifests.get(here), 'workspace');
    if (workspace !== undefined) {
      const excluded = texts(list(at(workspace, 'exclude'))).map((path) => inFolder(here, path));
      if (excluded.some((path) => folder === path || folder.startsWith(`${path}/`))) return folder;
      return here;
    }
    if (here === '.') return folder;
  }
}
