import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { pinnedVersion } from './node-version.ts';
import { manifestsAbove } from './package-facts.ts';
import { readPackage } from './package-json.ts';
import { chooseManager, runScript } from './package-manager.ts';

/** How the package of a service's own front end is built. */
export type OwnAssets = {
  /** The package's folder. */
  readonly folder: string;
  /** The first of these scripts that the package has builds it; null where the service's own build does. */
  readonly scripts: readonly string[] | null;
  /** Folder that the build leaves. */
  readonly output: string | null;
};

/**
 * Adds the front end that a package.json beside or below another stack's manifest builds; false
 * where there is no such package or it has none of the scripts.
 */
export async function setOwnAssets(
  draft: Draft,
  tree: ProjectTree,
  { folder, scripts, output }: OwnAssets,
): Promise<boolean> {
  const file = inFolder(folder, 'package.json');
  const manifest = tree.has(file) ? await readPackage(tree, file) : null;
  const script = scripts?.find((name) => manifest?.scripts.has(name));
  if (manifest === null || (scripts !== null && script === undefined)) return false;
  const manager = await chooseManager(tree, folder, manifest, null);
  const above = manifestsAbove(new Map([[folder, manifest]]), folder);
  const runtime = manager.name === 'bun' ? 'bun' : 'node';
  const pin = await pinnedVersion(tree, runtime, above, folder);
  draft.needsAssets(
    {
      path: folder,
      context: folder,
      runtimeVersion: pin?.version ?? null,
      packageManager: manager.name,
      lockfile: manager.lockfile,
      install: manager.install,
      build: script === undefined ? null : runScript(manager, script),
      outputs: script === undefined || output === null ? [] : [output],
    },
    { file, line: script === undefined ? 1 : manifest.line('scripts', script) },
  );
  return true;
}
