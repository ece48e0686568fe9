import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { readPackage } from '../javascript/package-json.ts';
import { chooseManager, runScript } from '../javascript/package-manager.ts';

/** A bundler's build that the pages need, where a package.json beside composer.json has one. */
export async function setAssets(draft: Draft, tree: ProjectTree): Promise<void> {
  const file = inFolder(draft.path, 'package.json');
  const manifest = tree.has(file) ? await readPackage(tree, file) : null;
  if (manifest === null || !manifest.scripts.has('build')) return;
  const manager = await chooseManager(tree, draft.path, manifest, null);
  draft.set('build', `${manager.install} && ${runScript(manager, 'build')}`, {
    file,
    line: manifest.line('scripts', 'build'),
  });
}
