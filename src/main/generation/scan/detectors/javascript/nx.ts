import { relative } from 'node:path/posix';
import type { Draft, Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, type Table, text, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { applicationOf, configFile } from './applications.ts';
import { draftPackage, manifestsAbove } from './package-facts.ts';
import { type PackageManifest, placeOf } from './package-json.ts';
import { chooseManager, runProgram } from './package-manager.ts';
import { addPrismaClient } from './prisma.ts';

/** An application of an Nx workspace: it has a project.json, its packages are those of the root. */
export type NxApplication = {
  readonly folder: string;
  readonly root: string;
  readonly name: string;
  readonly project: Table;
  readonly at: Place;
};

/** The applications of all Nx workspaces; libraries and end-to-end tests are none. */
export async function nxApplications(
  tree: ProjectTree,
  byFolder: ReadonlyMap<string, PackageManifest>,
): Promise<readonly NxApplication[]> {
  const found: NxApplication[] = [];
  for (const file of tree.named('project.json')) {
    const folder = parentOf(file);
    const nx = tree.nearest(folder, ['nx.json']);
    const root = nx === null ? null : parentOf(nx);
    if (root === null || !byFolder.has(root)) continue;
    const project = await readJson(tree, file);
    if (project === null || text(project.projectType) !== 'application') continue;
    const name = text(project.name) ?? folder.slice(folder.lastIndexOf('/') + 1);
    if (/-e2e$/.test(name) || at(project, 'targets', 'e2e') !== undefined) continue;
    const line = findLine((await tree.read(file)) ?? '', '"build"');
    found.push({ folder, root, name, project, at: { file, line } });
  }
  return found;
}

/** Drafts the service that an Nx application is, by the executor of its build. */
export async function describeNx(
  tree: ProjectTree,
  { folder, root, name, project, at: place }: NxApplication,
  byFolder: ReadonlyMap<string, PackageManifest>,
): Promise<Draft> {
  const owner = byFolder.get(root) as PackageManifest;
  const manifest: PackageManifest = { ...owner, folder, name, main: null, scripts: new Map() };
  const manager = await chooseManager(tree, root, owner, null);
  const above = manifestsAbove(byFolder, folder);
  const draft = await draftPackage(tree, { manifest, workspace: null, manager, above });
  draft.context = root;
  draft.set('build', runProgram(manager, `nx build ${name}`), place);
  const build = at(project, 'targets', 'build');
  const executor = text(at(build, 'executor')) ?? '';
  const output = relative(`/${folder}`, `/${inFolder(root, outputPath(build, folder, root))}`);
  if (/next/.test(executor) || configFile(tree, folder, 'next.config.') !== null) {
    draft.set('framework', 'next', place).is('web', place);
    draft.set('start', runProgram(manager, `next start ${output}`), place);
    addPrismaClient(draft, tree, owner, manager);
    return draft.port(3000, 'framework', place);
  }
  const page = ['index.html', 'src/index.html'].some((one) => tree.has(inFolder(folder, one)));
  if (page) {
    const browser = applicationOf(tree, { ...manifest, scripts: owner.scripts }, ['renders']);
    const angular =
      /angular/.test(executor) || (executor === '' && browser?.framework.name === 'angular');
    draft.set('framework', angular ? 'angular' : bundlerOf(tree, folder, executor), place);
    draft.is('static', place);
    draft.set('output', /:application$/.test(executor) ? `${output}/browser` : output, place);
    draft.dependencies.length = 0;
    draft.systemPackages.clear();
    return draft;
  }
  const server = applicationOf(tree, manifest, ['serves']);
  if (server) draft.set('framework', server.framework.name, server.at);
  draft.is(server ? 'web' : 'worker', server?.at ?? placeOf(owner));
  const unbundled = at(build, 'options', 'bundle') === false;
  draft.set('start', `node ${output}${unbundled ? '' : '/main.js'}`, place);
  if (server?.framework.port) draft.port(server.framework.port, 'framework', server.at);
  addPrismaClient(draft, tree, owner, manager);
  return draft;
}

function bundlerOf(tree: ProjectTree, folder: string, executor: string): string {
  const vite = /vite/.test(executor) || configFile(tree, folder, 'vite.config.') !== null;
  return vite ? 'vite' : 'webpack';
}

/** Where the build goes, relative to the workspace's root. */
function outputPath(build: unknown, folder: string, root: string): string {
  const option = at(build, 'options', 'outputPath');
  const named = text(at(option, 'base') ?? option) ?? texts(at(build, 'outputs'))[0] ?? '';
  const inner = root === '.' ? folder : folder.slice(root.length + 1);
  const plain = named
    .replace('{workspaceRoot}/', '')
    .replace('{projectRoot}', inner)
    .replace(/^\.\//, '');
  return plain === '' || plain.includes('{') ? `dist/${inner}` : plain;
}
