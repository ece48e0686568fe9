import type { Place } from '../../draft.ts';
import { text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { type PackageManifest, placeOf } from './package-json.ts';
import type { Workspace } from './workspaces.ts';

/** Managers of JavaScript packages. */
export type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** How a package is installed and its scripts are run. */
export type PackageManager = {
  readonly name: ManagerName;
  readonly berry: boolean;
  readonly at: Place;
  readonly lockfile: string | null;
  /** Further lockfiles beside the one that counts. */
  readonly others: readonly string[];
  /** Runs in the folder that holds the lockfile. */
  readonly install: string;
};

const lockfiles: readonly (readonly [file: string, manager: ManagerName])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/** Tells whether the folder holds a lockfile of its own. */
export function hasLockfile(tree: ProjectTree, folder: string): boolean {
  return lockfiles.some(([file]) => tree.has(inFolder(folder, file)));
}

/** The manager of the packages that are installed in `folder`, whose own package.json is `root`. */
export async function chooseManager(
  tree: ProjectTree,
  folder: string,
  root: PackageManifest | null,
  workspace: Workspace | null,
): Promise<PackageManager> {
  const present = lockfiles
    .map(([file, manager]) => ({ file: inFolder(folder, file), manager }))
    .filter(({ file }) => tree.has(file));
  const declared = root === null ? null : declaredManager(root);
  const name =
    declared?.name ?? present[0]?.manager ?? (workspace?.kind === 'pnpm' ? 'pnpm' : 'npm');
  const lock = present.find(({ manager }) => manager === name)?.file ?? null;
  const berry = name === 'yarn' && (await isBerry(tree, folder, declared?.version, lock));
  const place =
    declared?.at ??
    (lock !== null ? { file: lock, line: 1 } : null) ??
    workspace?.at ??
    (root ? placeOf(root) : { file: inFolder(folder, 'package.json'), line: 1 });
  const others = present.map(({ file }) => file).filter((file) => file !== lock);
  const rush = workspace?.kind === 'rush' ? rushInstall(tree, folder) : null;
  return {
    name: rush ? 'pnpm' : name,
    berry,
    at: rush ? (workspace?.at ?? place) : place,
    lockfile: rush ? rush.lockfile : lock,
    others,
    install: rush?.install ?? installCommand(name, berry, lock !== null, workspace?.kind),
  };
}

function declaredManager(
  root: PackageManifest,
): { name: ManagerName; version: string; at: Place } | null {
  const match = /^(npm|pnpm|yarn|bun)@\^?(\d[\w.-]*)/.exec(text(root.raw.packageManager) ?? '');
  if (!match) return null;
  const [, name, version] = match as unknown as [string, ManagerName, string];
  return { name, version, at: placeOf(root, 'packageManager') };
}

async function isBerry(
  tree: ProjectTree,
  folder: string,
  version: string | undefined,
  lock: string | null,
): Promise<boolean> {
  if (version !== undefined) return !/^[01]\./.test(version);
  if (tree.has(inFolder(folder, '.yarnrc.yml'))) return true;
  return lock !== null && /^__metadata:/m.test((await tree.read(lock)) ?? '');
}

function installCommand(
  name: ManagerName,
  berry: boolean,
  locked: boolean,
  kind: Workspace['kind'] | undefined,
): string {
  const install = plainInstall(name, berry, locked);
  return kind === 'lerna' ? `${install} && npx lerna bootstrap` : install;
}

function plainInstall(name: ManagerName, berry: boolean, locked: boolean): string {
  if (name === 'npm') return locked ? 'npm ci' : 'npm install';
  if (!locked) return `${name} install`;
  return berry ? 'yarn install --immutable' : `${name} install --frozen-lockfile`;
}

function rushInstall(
  tree: ProjectTree,
  folder: string,
): { install: string; lockfile: string | null } {
  const lockfile = inFolder(folder, 'common/config/rush/pnpm-lock.yaml');
  return {
    install: 'node common/scripts/install-run-rush.js install',
    lockfile: tree.has(lockfile) ? lockfile : null,
  };
}

/** Runs a script of the package, as its manager does. */
export function runScript(manager: PackageManager, script: string): string {
  return `${manager.name} run ${script}`;
}

/** Runs a program that a dependency brings. */
export function runProgram(manager: PackageManager, command: string): string {
  if (manager.name === 'pnpm') return `pnpm exec ${command}`;
  if (manager.name === 'bun') return `bunx ${command}`;
  return manager.berry ? `yarn exec ${command}` : `npx ${command}`;
}
