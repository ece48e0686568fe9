import { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { addEngines } from './databases.ts';
import { debianPackages } from './native-packages.ts';
import { pinnedVersion } from './node-version.ts';
import { dependsOn, type PackageManifest, placeOf } from './package-json.ts';
import type { PackageManager } from './package-manager.ts';
import { type Workspace, workspaceDependencies } from './workspaces.ts';

/** A package with what surrounds it. */
export type PackageContext = {
  readonly manifest: PackageManifest;
  readonly workspace: Workspace | null;
  readonly manager: PackageManager;
  /** The package.json files in the folder and above it, nearest first. */
  readonly above: readonly PackageManifest[];
};

/** A draft with what holds for every package: language, version, install, dependencies. */
export async function draftPackage(tree: ProjectTree, context: PackageContext): Promise<Draft> {
  const { manifest, workspace, manager, above } = context;
  const language = languageOf(tree, manifest);
  const draft = new Draft(nameOf(tree, manifest), manifest.folder, language.name, language.at);
  draft.context = workspace?.root ?? manifest.folder;
  draft.set('packageManager', manager.name, manager.at);
  draft.set('install', manager.install, manager.at);
  if (manager.lockfile !== null) {
    draft.set('lockfile', manager.lockfile, { file: manager.lockfile, line: 1 });
  } else {
    draft.unknown(
      'lockfile',
      'There is no lockfile, so every install may bring other versions; commit one.',
    );
  }
  if (manager.others.length > 0) {
    draft.unknown(
      'packageManager',
      `Other lockfiles lie beside the one that is used: ${manager.others.join(', ')}; remove them.`,
    );
  }
  const runtime = manager.name === 'bun' ? 'bun' : 'node';
  const pin =
    (await pinnedVersion(tree, runtime, above, manifest.folder)) ??
    (runtime === 'bun' ? await pinnedVersion(tree, 'node', above, manifest.folder) : null);
  if (pin) draft.set('runtimeVersion', pin.version, pin.at);
  const own = workspace ? workspaceDependencies(manifest, workspace) : [];
  const needed = own.filter((one) => isNeededAtRunTime(manifest, one));
  draft.libraries = needed.map((one) => one.folder);
  addDependencies(draft, [manifest, ...needed]);
  await addEngines(draft, tree, [manifest, ...needed]);
  return draft;
}

/** Shared lint rules and type declarations are no part of what runs. */
function isNeededAtRunTime(manifest: PackageManifest, needed: PackageManifest): boolean {
  return !manifest.devDependencies.has(needed.name) || !/config|eslint|tsconfig/.test(needed.name);
}

function addDependencies(draft: Draft, manifests: readonly PackageManifest[]): void {
  for (const manifest of manifests) {
    for (const name of manifest.dependencies.keys()) {
      const place = placeOf(manifest, 'dependencies', name);
      draft.dependsOn(name, place);
      for (const one of debianPackages(name)) draft.systemPackages.add(one);
    }
  }
}

function nameOf(tree: ProjectTree, manifest: PackageManifest): string {
  const own = manifest.name.slice(manifest.name.lastIndexOf('/') + 1);
  if (own !== '') return own;
  return manifest.folder === '.'
    ? tree.name
    : manifest.folder.slice(manifest.folder.lastIndexOf('/') + 1);
}

function languageOf(tree: ProjectTree, manifest: PackageManifest) {
  const config = inFolder(manifest.folder, 'tsconfig.json');
  if (tree.has(config)) return { name: 'typescript', at: { file: config, line: 1 } };
  if (dependsOn(manifest, 'typescript')) {
    return { name: 'typescript', at: placeOf(manifest, 'devDependencies', 'typescript') };
  }
  return { name: 'javascript', at: placeOf(manifest) };
}

/** The package.json files in a folder and above it, nearest first. */
export function manifestsAbove(
  byFolder: ReadonlyMap<string, PackageManifest>,
  folder: string,
): readonly PackageManifest[] {
  const found: PackageManifest[] = [];
  for (let at = folder; ; at = parentOf(at)) {
    const manifest = byFolder.get(at);
    if (manifest) found.push(manifest);
    if (at === '.') return found;
  }
}
