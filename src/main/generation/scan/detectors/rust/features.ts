import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import type { Crate } from './crates.ts';

/** A check that refuses the build where none of these features is on, with its message. */
const demanded =
  /#\[cfg\(not\(any\(\s*(feature\s*=\s*"[\w-]+"[^\])]{0,500})\)\)\)\]\s*compile_error!\(\s*"([^"]{1,300})"/;

/**
 * Crates that build with no feature at all refuse to: the one that their message names, else the
 * first, is turned on, and the choice is shown.
 */
export async function demandFeature(draft: Draft, tree: ProjectTree, crate: Crate): Promise<void> {
  const defaults =
    /^default\s*=\s*\[([^\]]*)\]/m.exec((await tree.read(crate.file)) ?? '')?.[1] ?? '';
  if (/^\s*"/m.test(defaults)) return;
  for (const name of ['build.rs', 'src/main.rs', 'src/lib.rs']) {
    const file = inFolder(crate.folder, name);
    const source = tree.has(file) ? await tree.read(file) : null;
    const [, list = '', message = ''] = (source && demanded.exec(source)) || [];
    const features = [...list.matchAll(/"([\w-]+)"/g)].map(([, feature = '']) => feature);
    const feature = /--features[ =]([\w-]+)/.exec(message)?.[1] ?? features[0];
    const build = draft.get('build');
    if (source === null || !feature || build === null) continue;
    const line = findLine(source, demanded);
    draft.set('build', `${build} --features ${feature}`, { file, line });
    draft.unknown(
      'build',
      `${file}:${line} asks for one of the features ${features.join(', ')}; ${feature} was taken. Put the one that you use into the build command.`,
    );
    return;
  }
}
