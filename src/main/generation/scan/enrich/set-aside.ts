import type { Draft } from '../draft.ts';
import { isCopied, isTestPath } from '../foreign-folders.ts';
import type { ProjectTree } from '../project-tree.ts';

const examples =
  /(?:^|\/)(?:(?:\w{1,40}-)?examples?|samples?|templates?|playgrounds?|demos?)(?:\/|$)/i;

/** The services that count, and the folders of those that were passed over. */
export type SetAside = { readonly kept: readonly Draft[]; readonly folders: readonly string[] };

/**
 * Leaves out what is there to be tested with, and examples where the project has something to deploy
 * beside them, and copies of other people's sources; all are listed as ignored, so that nobody looks
 * for them in vain. A project that is made of examples keeps them.
 */
export function setAside(drafts: readonly Draft[], tree: ProjectTree): SetAside {
  const own = drafts.filter(({ path }) => !isCopied(path));
  const real = own.filter(({ path }) => !isTestPath(path));
  const proper = real.filter(({ path }) => !examples.test(path));
  const deployable = proper.some(
    (draft) => draft.kind !== 'library' && draft.kind !== 'cli' && !isDocumentation(draft),
  );
  const kept = new Set(deployable ? proper : real.length > 0 ? real : own);
  const folders = new Map<string, string>();
  for (const draft of drafts) {
    if (kept.has(draft)) continue;
    folders.set(draft.path, reasonFor(draft.path));
  }
  for (const [path, reason] of folders) tree.passOver(path, reason);
  return { kept: [...kept], folders: [...folders.keys()] };
}

/** Documentation is published beside a library as well; what its examples show is still theirs to deploy. */
export function isDocumentation(draft: Draft): boolean {
  return draft.kind === 'static' && /^(?:mkdocs|sphinx|mdbook)$/.test(draft.get('framework') ?? '');
}

function reasonFor(path: string): string {
  if (isCopied(path)) return 'sources of others, copied into the project';
  if (isTestPath(path)) return 'belongs to tests';
  return 'an example: scan its folder on its own to deploy it';
}
