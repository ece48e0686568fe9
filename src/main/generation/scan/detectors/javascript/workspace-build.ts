import { relative } from 'node:path/posix';
import type { Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, texts } from '../../formats/values.ts';
import type { ProjectTree } from '../../project-tree.ts';
import { type PackageManifest, placeOf } from './package-json.ts';
import { type PackageManager, runScript } from './package-manager.ts';
import { atRoot, type Workspace, workspaceDependencies } from './workspaces.ts';

/** The script that builds a package; null where nothing has to be built. */
export function buildScript(manifest: PackageManifest): string | null {
  return (
    ['build:prod', 'build:production', 'build', 'compile'].find(
      (name) => manifest.scripts.has(name) && (name === 'build' || !manifest.scripts.has('build')),
    ) ?? null
  );
}

/**
 * The command, run in the package's folder, that builds it with all that it needs of its workspace.
 * Where no needed package has a build of its own it is the package's script. Otherwise the
 * orchestrator does it, if it is told to build dependencies first; else the manager's own filter
 * (pnpm), else one build after the other in order of need.
 */
export async function buildCommand(
  tree: ProjectTree,
  manifest: PackageManifest,
  manager: PackageManager,
  workspace: Workspace | null,
): Promise<{ readonly command: string; readonly at: Place } | null> {
  const script = buildScript(manifest);
  const needed = workspace ? workspaceDependencies(manifest, workspace) : [];
  const built = needed.filter((one) => one.scripts.has('build'));
  if (script === null && built.length === 0) return null;
  const place = script === null ? placeOf(manifest) : placeOf(manifest, 'scripts', script);
  if (workspace === null || built.length === 0) {
    return script === null ? null : { command: runScript(manager, script), at: place };
  }
  if (workspace.kind === 'rush' && manifest.name) {
    const up = relative(`/${manifest.folder}`, `/${workspace.root}`);
    const command = `node ${up}/common/scripts/install-run-rush.js build --to ${manifest.name}`;
    return { command, at: place };
  }
  if (script === 'build' && manifest.name) {
    const turbo = await buildsDependencies(tree, workspace, 'turbo.json', 'turbo.jsonc');
    if (turbo)
      return {
        command: throughRoot(`turbo run build --filter=${manifest.name}`, manager),
        at: turbo,
      };
    const nx = await buildsDependencies(tree, workspace, 'nx.json');
    if (nx) return { command: throughRoot(`nx run ${manifest.name}:build`, manager), at: nx };
    if (manager.name === 'pnpm') {
      return { command: `pnpm --filter "${manifest.name}..." run build`, at: place };
    }
  }
  const steps = built.map((one) => inFolderOf(manifest, one, manager));
  if (script !== null) steps.push(runScript(manager, script));
  return { command: steps.join(' && '), at: place };
}

/** The orchestrator's file, where it says that a build needs those of the dependencies (`^build`). */
async function buildsDependencies(
  tree: ProjectTree,
  workspace: Workspace,
  ...names: string[]
): Promise<Place | null> {
  const file = atRoot(tree, workspace, ...names);
  if (file === null) return null;
  const content = await readJson(tree, file);
  const declared = ['tasks', 'pipeline', 'targetDefaults'].some((section) =>
    texts(at(content, section, 'build', 'dependsOn')).includes('^build'),
  );
  return declared ? { file, line: 1 } : null;
}

/** A program that is installed at the workspace's root, run from a member. */
function throughRoot(command: string, manager: PackageManager): string {
  if (manager.name === 'pnpm') return `pnpm exec ${command}`;
  if (manager.name === 'bun') return `bunx ${command}`;
  return manager.berry ? `yarn run -T ${command}` : `npx ${command}`;
}

function inFolderOf(from: PackageManifest, to: PackageManifest, manager: PackageManager): string {
  const folder = relative(`/${from.folder}`, `/${to.folder}`);
  if (manager.name === 'npm') return `npm --prefix ${folder} run build`;
  if (manager.name === 'pnpm') return `pnpm --dir ${folder} run build`;
  if (manager.name === 'bun') return `bun run --cwd ${folder} build`;
  return manager.berry ? `yarn workspace ${to.name} run build` : `yarn --cwd ${folder} run build`;
}
