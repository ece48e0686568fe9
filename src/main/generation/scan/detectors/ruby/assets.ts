import type { Draft, Place } from '../../draft.ts';
import type { ProjectTree } from '../../project-tree.ts';
import { setOwnAssets } from '../javascript/assets.ts';

/** Gems whose part of `assets:precompile` calls Node.js. */
const bundling = [
  'jsbundling-rails',
  'cssbundling-rails',
  'vite_rails',
  'vite_ruby',
  'shakapacker',
  'webpacker',
];

/** Gems that bring the task `assets:precompile`. */
const pipelines = ['sprockets-rails', 'propshaft', 'sassc-rails', ...bundling];

/** Sets how a Rails application precompiles its assets, and the front end that this builds. */
export async function setRailsAssets(
  draft: Draft,
  tree: ProjectTree,
  gems: ReadonlyMap<string, Place>,
): Promise<void> {
  for (const gem of pipelines) {
    const where = gems.get(gem);
    if (where)
      draft.set('build', 'SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile', where);
  }
  if (bundling.some((gem) => gems.has(gem))) {
    await setOwnAssets(draft, tree, { folder: draft.path, scripts: null, output: null });
  }
}
