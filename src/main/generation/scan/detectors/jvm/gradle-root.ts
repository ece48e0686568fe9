import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import {
  type Catalogue,
  type GradleBuild,
  readBuild,
  readCatalogue,
  readSettingsScript,
} from './gradle-build.ts';

/** Names of build scripts, in the order in which Gradle looks for them. */
export const buildScripts = ['build.gradle', 'build.gradle.kts'];
const settingsScripts = ['settings.gradle', 'settings.gradle.kts'];

/** A build: its root folder, its modules by folder with their Gradle paths. */
export type Build = {
  readonly root: string;
  readonly name: string;
  readonly modules: ReadonlyMap<string, string>;
  readonly script: GradleBuild | null;
  readonly catalogue: Catalogue;
  readonly version: string | null;
};

/** The build that a folder's script belongs to, read once for each root. */
export async function buildOf(
  tree: ProjectTree,
  folder: string,
  known: Map<string, Build>,
): Promise<Build> {
  const settings = tree.nearest(folder, settingsScripts);
  let root = settings === null ? folder : parentOf(settings);
  const source = settings === null ? '' : ((await tree.read(settings)) ?? '');
  const read = readSettingsScript(source, root);
  // A build of its own below another one's settings is not part of that one.
  if (root !== folder && !read.modules.has(folder)) root = folder;
  const ready = known.get(root);
  if (ready) return ready;
  const catalogue = await readCatalogue(tree, root);
  const file = tree.firstIn(root, buildScripts);
  const properties = (await tree.read(inFolder(root, 'gradle.properties'))) ?? '';
  const own = root === folder && settings !== null && parentOf(settings) !== folder;
  const build: Build = {
    root,
    name: (own ? null : read.name) ?? root.split('/').at(-1) ?? '',
    modules: own ? new Map() : read.modules,
    catalogue,
    script: file === null ? null : await readBuild(tree, file, catalogue),
    version: /^version\s*=\s*(\S+)/m.exec(properties)?.[1] ?? null,
  };
  known.set(root, build);
  return build;
}
