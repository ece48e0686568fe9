import type { Draft } from '../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';

const prefix = 'go-embed:';

/**
 * Go programs that embed files which are not there before another build has made them: both sides
 * say so, since a build of the program alone fails and the embedded site needs no image of its own.
 */
export function noteEmbedded(drafts: readonly Draft[], tree: ProjectTree): void {
  for (const draft of drafts) {
    for (const folder of draft.packages ?? []) {
      for (const { fact, value, file, line } of tree.signalsIn(folder)) {
        if (fact !== 'entry' || !value.startsWith(prefix)) continue;
        const wanted = inFolder(folder, value.slice(prefix.length).replace(/\/+$/, ''));
        if (tree.has(wanted) || tree.under(wanted).length > 0) continue;
        const at = `${file}:${line}`;
        const site = drafts.find((other) => other !== draft && leaves(other, wanted));
        draft.unknown('build', reasonFor(at, wanted, site));
        if (site && site.kind === 'static') {
          site.unknown(
            'kind',
            `${at} embeds what this builds in ${draft.name === '' ? tree.name : draft.name}: it needs a deployment of its own only where it is to be served apart.`,
          );
        }
      }
    }
  }
}

/** Whether a service's build leaves this folder, or files in it. */
function leaves(draft: Draft, wanted: string): boolean {
  const output = draft.get('output');
  if (draft.get('build') === null || draft.language === 'go') return false;
  if (output === null) return parentOf(wanted) === draft.path;
  const made = inFolder(draft.path, output);
  return wanted === made || wanted.startsWith(`${made}/`);
}

function reasonFor(at: string, wanted: string, site: Draft | undefined): string {
  const what = `${at} embeds ${wanted}, which is not among the sources`;
  if (!site) return `${what}: make it before this build runs, or the build fails.`;
  const steps = [site.get('install'), site.get('build')].filter((step) => step !== null);
  return `${what}: build ${site.path} first (${steps.join(' && ')}), also before the image is built.`;
}
