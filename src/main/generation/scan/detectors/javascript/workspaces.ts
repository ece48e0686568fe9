import type { Place } from '../../draft.ts';
import { readJson, readYaml } from '../../formats/parse.ts';
import { at, list, table, text, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { folderFilter } from './glob.ts';
import { type PackageManifest, placeOf } from './package-json.ts';

/** Which manager's rules a workspace follows, before a lockfile says more. */
export type WorkspaceKind = 'packages' | 'pnpm' | 'lerna' | 'rush';

/** A folder whose one install serves several packages. */
export type Workspace = {
  readonly root: string;
  readonly kind: WorkspaceKind;
  readonly at: Place;
  /** The members by folder, without the root package. */
  readonly members: ReadonlyMap<string, PackageManifest>;
  /** The members by name. */
  readonly byName: ReadonlyMap<string, PackageManifest>;
};

type Found = Omit<Workspace, 'members' | 'byName'> & { readonly has: (folder: string) => boolean };

/** Finds all workspaces of a project; a package belongs to the innermost one that names it. */
export async function findWorkspaces(
  tree: ProjectTree,
  packages: readonly PackageManifest[],
): Promise<readonly Workspace[]> {
  const found = [
    ...(await Promise.all(tree.named('pnpm-workspace.yaml').map((file) => readPnpm(tree, file)))),
    ...packages.map(readField),
    ...(await Promise.all(tree.named('lerna.json').map((file) => readLerna(tree, file)))),
    ...(await Promise.all(tree.named('rush.json').map((file) => readRush(tree, file)))),
  ].filter((one) => one !== null);
  // Of two declarations in one folder the first counts: pnpm reads only its own file.
  const byRoot = new Map(found.toReversed().map((one) => [one.root, one] as const));
  const members = new Map([...byRoot.keys()].map((root) => [root, [] as PackageManifest[]]));
  for (const manifest of packages) {
    const root = rootOf(manifest.folder, byRoot);
    if (root !== null) members.get(root)?.push(manifest);
  }
  return [...byRoot.values()].map(({ root, kind, at: place }) => {
    const own = members.get(root) ?? [];
    return {
      root,
      kind,
      at: place,
      members: new Map(own.map((manifest) => [manifest.folder, manifest])),
      byName: new Map(own.filter(({ name }) => name).map((manifest) => [manifest.name, manifest])),
    };
  });
}

function rootOf(folder: string, byRoot: ReadonlyMap<string, Found>): string | null {
  if (folder === '.') return null;
  for (let above = parentOf(folder); ; above = parentOf(above)) {
    const workspace = byRoot.get(above);
    const relative = above === '.' ? folder : folder.slice(above.length + 1);
    if (workspace?.has(relative)) return above;
    if (above === '.') return null;
  }
}

async function readPnpm(tree: ProjectTree, file: string): Promise<Found | null> {
  const [document] = await readYaml(tree, file);
  const patterns = texts(document?.packages);
  // pnpm 10 keeps settings in this file too; without packages it is no workspace.
  if (patterns.length === 0) return null;
  const line = findLine((await tree.read(file)) ?? '', /^packages:/m);
  return {
    root: parentOf(file),
    kind: 'pnpm',
    at: { file, line },
    has: folderFilter(patterns),
  };
}

function readField(manifest: PackageManifest): Found | null {
  const { workspaces } = manifest.raw;
  const patterns = texts(Array.isArray(workspaces) ? workspaces : table(workspaces).packages);
  if (patterns.length === 0) return null;
  return {
    root: manifest.folder,
    kind: 'packages',
    at: placeOf(manifest, 'workspaces'),
    has: folderFilter(patterns),
  };
}

async function readLerna(tree: ProjectTree, file: string): Promise<Found | null> {
  const content = await readJson(tree, file);
  const patterns = texts(content?.packages);
  if (content === null || patterns.length === 0) return null;
  return {
    root: parentOf(file),
    kind: 'lerna',
    at: { file, line: 1 },
    has: folderFilter(patterns),
  };
}

async function readRush(tree: ProjectTree, file: string): Promise<Found | null> {
  const content = await readJson(tree, file);
  if (content === null) return null;
  const folders = new Set(
    list(content.projects)
      .map((project) => text(at(project, 'projectFolder')))
      .filter((folder) => folder !== null),
  );
  if (folders.size === 0) return null;
  return {
    root: parentOf(file),
    kind: 'rush',
    at: { file, line: findLine((await tree.read(file)) ?? '', '"projects"') },
    has: (folder) => folders.has(folder),
  };
}

/** The packages of the workspace that a package needs, near and far, those they need first. */
export function workspaceDependencies(
  manifest: PackageManifest,
  workspace: Workspace,
): readonly PackageManifest[] {
  const ordered: PackageManifest[] = [];
  const seen = new Set([manifest]);
  const stack = [{ manifest, names: namesOf(manifest) }];
  while (stack.length > 0) {
    const top = stack.at(-1) as (typeof stack)[number];
    const name = top.names.pop();
    if (name === undefined) {
      stack.pop();
      if (top.manifest !== manifest) ordered.push(top.manifest);
      continue;
    }
    const found = workspace.byName.get(name);
    if (!found || seen.has(found)) continue;
    seen.add(found);
    stack.push({ manifest: found, names: namesOf(found) });
  }
  return ordered;
}

function namesOf(manifest: PackageManifest): string[] {
  return [...manifest.dependencies.keys(), ...manifest.devDependencies.keys()].toReversed();
}

/** A file of one of these names at the workspace's root. */
export function atRoot(tree: ProjectTree, workspace: Workspace, ...names: string[]): string | null {
  return names.map((name) => inFolder(workspace.root, name)).find((path) => tree.has(path)) ?? null;
}
