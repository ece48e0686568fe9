import type { Draft, Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { setOwnAssets } from '../javascript/assets.ts';
import { readPackage } from '../javascript/package-json.ts';

/** Where Phoenix keeps the sources of its front end. */
const folders = ['assets', 'apps/assets', 'priv/assets'];

/** A step of the build with the place that names it. */
type Step = { readonly command: string; readonly at: Place };

/**
 * The steps that build a Mix project's front end before its release: the aliases that Phoenix's
 * generators write (`assets.setup`, then `assets.deploy` or `assets.build`), else the scripts of
 * `assets/package.json`, as Phoenix did it with webpack. Adds the package to the draft where a step
 * calls Node.js.
 */
export async function mixAssets(
  draft: Draft,
  tree: ProjectTree,
  file: string,
  source: string,
): Promise<readonly Step[]> {
  const folder = folders
    .map((name) => inFolder(draft.path, name))
    .find((path) => tree.has(inFolder(path, 'package.json')));
  const aliases = new Map(
    ['assets.setup', 'assets.deploy', 'assets.build'].map((name) => [name, bodyOf(source, name)]),
  );
  const setup = aliases.get('assets.setup');
  const build = aliases.get('assets.deploy') ?? aliases.get('assets.build');
  const steps: Step[] = [];
  const add = (name: string): void => {
    const at = { file, line: findLine(source, new RegExp(`["']${name}["']\\s*:`)) };
    steps.push({ command: `MIX_ENV=prod mix ${name}`, at });
  };
  if (setup) add('assets.setup');
  if (aliases.get('assets.deploy')) add('assets.deploy');
  else if (build && !setup?.includes('assets.build')) add('assets.build');
  if (folder !== undefined) {
    draft.builds.add(folder);
    const called = [setup, build].join(' ');
    // Bun comes as a Mix task that fetches the program itself.
    if (!/["']bun[. ]/.test(called)) {
      const found = await setOwnAssets(draft, tree, { folder, scripts: null, output: null });
      if (found && steps.length === 0) steps.push(...(await scriptSteps(draft, tree, folder)));
    }
  }
  return steps;
}

/** The list that an alias stands for, or undefined where there is no such alias. */
function bodyOf(source: string, name: string): string | undefined {
  return new RegExp(`["']${name}["']\\s*:\\s*\\[([^\\]]{0,2000})\\]`).exec(source)?.[1];
}

async function scriptSteps(
  draft: Draft,
  tree: ProjectTree,
  folder: string,
): Promise<readonly Step[]> {
  const manifest = await readPackage(tree, inFolder(folder, 'package.json'));
  const script = ['deploy', 'build'].find((name) => manifest?.scripts.has(name));
  const [assets] = draft.assets;
  if (!manifest || !script || !assets) return [];
  const at = { file: manifest.file, line: manifest.line('scripts', script) };
  const inside = folder.slice(draft.path === '.' ? 0 : draft.path.length + 1);
  return [
    { command: `(cd ${inside} && ${assets.packageManager} run ${script})`, at },
    { command: 'MIX_ENV=prod mix phx.digest', at },
  ];
}
