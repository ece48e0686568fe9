import type { Detector } from '../detector.ts';
import type { Draft } from '../draft.ts';
import type { ProjectTree } from '../project-tree.ts';
import { applicationOf } from './javascript/applications.ts';
import { describeNx, nxApplications } from './javascript/nx.ts';
import { manifestsAbove } from './javascript/package-facts.ts';
import { type PackageManifest, readPackage } from './javascript/package-json.ts';
import { chooseManager, hasLockfile } from './javascript/package-manager.ts';
import { describePackage } from './javascript/package-service.ts';
import { isOrchestrating } from './javascript/scripts.ts';
import { findWorkspaces, type Workspace } from './javascript/workspaces.ts';

/** JavaScript and TypeScript: every package.json that is not only a workspace's or a tool's own is a service or library. */
export const javascriptDetector: Detector = {
  id: 'javascript',
  detect: async (tree) => {
    const files = tree.named('package.json');
    const packages = (await Promise.all(files.map((file) => readPackage(tree, file)))).filter(
      (manifest) => manifest !== null,
    );
    const workspaces = await findWorkspaces(tree, packages);
    const byFolder = new Map(packages.map((manifest) => [manifest.folder, manifest]));
    const nx = await nxApplications(tree, byFolder);
    const drafts: Draft[] = [];
    for (const manifest of packages) {
      const owner = workspaces.find(({ members }) => members.get(manifest.folder) === manifest);
      const own = workspaces.find(({ root }) => root === manifest.folder);
      if (nx.some(({ folder, root }) => [folder, root].includes(manifest.folder))) continue;
      if (isOnlyTooling(tree, manifest, own, packages.length)) continue;
      const workspace = owner ?? own ?? null;
      // Members that are installed one by one, each with a lockfile, only look like a workspace.
      const alone =
        workspace !== null &&
        workspace.kind !== 'rush' &&
        !hasLockfile(tree, workspace.root) &&
        hasLockfile(tree, manifest.folder);
      drafts.push(await describe(tree, manifest, alone ? null : workspace, byFolder));
    }
    for (const application of nx) drafts.push(await describeNx(tree, application, byFolder));
    return drafts;
  },
};

async function describe(
  tree: ProjectTree,
  manifest: PackageManifest,
  workspace: Workspace | null,
  byFolder: ReadonlyMap<string, PackageManifest>,
): Promise<Draft> {
  const folder = workspace?.root ?? manifest.folder;
  const manager = await chooseManager(tree, folder, byFolder.get(folder) ?? null, workspace);
  const above = manifestsAbove(byFolder, manifest.folder);
  return describePackage(tree, { manifest, workspace, manager, above });
}

/**
 * A package.json that names members, or runs commands over folders, or holds a linter, is no service;
 * unless it is an application itself, with a start of its own.
 */
function isOnlyTooling(
  tree: ProjectTree,
  manifest: PackageManifest,
  workspace: Workspace | undefined,
  packages: number,
): boolean {
  const entry = ['main', 'bin', 'exports', 'module'].some((key) => manifest.raw[key] !== undefined);
  const application = applicationOf(tree, manifest, ['renders', 'bundles', 'serves', 'works']);
  const start = manifest.scripts.get('start') ?? manifest.scripts.get('build') ?? '';
  if (workspace) return application === null || isOrchestrating(start);
  if (application || entry || manifest.dependencies.size > 0) return false;
  const starts = manifest.scripts.has('start') && !isOrchestrating(start);
  return !starts && (packages > 1 || manifest.name === '');
}
