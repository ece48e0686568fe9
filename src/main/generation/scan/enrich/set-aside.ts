import type { Draft } from '../draft.ts';
import { copiedFolders, testFolders } from '../foreign-folders.ts';
import type { ProjectTree } from '../project-tree.ts';

const examples = /(?:^|\/)(?:examples?|samples?|templates?|playgrounds?|demos?)(?:\/|$)/i;

/** The services that count, and the folders of those that were passed over. */
export type SetAside = { readonly kept: readonly Draft[]; readonly folders: readonly string[] };

/**
 * Leaves out what is there to be tested with, and examples where the project has something to deploy
 * beside them; both are listed as ignored, so that nobody looks for them in vain. A project that is
 * made of examples keeps them.
 */
export function setAside(drafts: readonly Draft[], tree: ProjectTree): SetAside {
  const real = drafts.filter(({ path }) => !testFolders.test(path) && !copiedFolders.test(path));
  const proper = real.filter(({ path }) => !examples.test(path));
  const deployable = proper.some(({ kind }) => kind !== 'library' && kind !== 'cli');
  const kept = new Set(deployable ? proper : real.length > 0 ? real : drafts);
  const folders = new Map<string, string>();
  for (const draft of drafts) {
    if (kept.has(draft)) continue;
    folders.set(draft.path, reasonFor(draft.path));
  }
  for (const [path, reason] of folders) tree.misunderstood(path, reason);
  return { kept: [...kept], folders: [...folders.keys()] };
}

function reasonFor(path: string): string {
  if (copiedFolders.test(path)) return "a copy of someone else's project";
  if (testFolders.test(path)) return 'belongs to tests';
  return 'an example: scan its folder on its own to deploy it';
}
