import type { Draft } from './draft.ts';
import { isBeside } from './foreign-folders.ts';
import { describeProblems } from './problems.ts';
import { type ProjectTree, parentOf } from './project-tree.ts';
import type { Signal } from './source-signals.ts';

/**
 * The signals of one service's sources: of the packages that its detector named, else of its folder
 * and all below it but what belongs to a service further down, with the variables of its libraries.
 * `paths` are the folders of all services.
 */
export function signalsOf(
  draft: Draft,
  tree: ProjectTree,
  paths: ReadonlySet<string>,
): readonly Signal[] {
  if (draft.packages) return draft.packages.flatMap((folder) => tree.signalsIn(folder));
  const own = tree
    .signals(draft.path)
    .filter(({ file }) => ownerOf(file, paths) === draft.path)
    .filter(({ file }) => !isBeside(draft.path === '.' ? file : file.slice(draft.path.length + 1)));
  const shared = draft.libraries.flatMap((folder) => tree.signals(folder, 'env'));
  return [...own, ...shared];
}

/** What the server of static files passes on: its settings lie beside their folder as often as in it. */
export function proxySignals(
  draft: Draft,
  tree: ProjectTree,
  paths: ReadonlySet<string>,
): readonly Signal[] {
  const beside = parentOf(draft.path);
  if (draft.kind !== 'static' || beside === '.' || paths.has(beside)) return [];
  return tree.signalsIn(beside).filter(({ fact }) => fact === 'called');
}

/** Says of each service which files below it were passed over though they may hold facts. */
export function noteProblems(
  drafts: readonly Draft[],
  tree: ProjectTree,
  paths: ReadonlySet<string>,
): void {
  const problems = tree.ignored.filter((item) => item.problem);
  const byOwner = Map.groupBy(problems, ({ path }) => ownerOf(path, paths));
  for (const draft of drafts) {
    const own = byOwner.get(draft.path) ?? [];
    if (own.length === 0) continue;
    draft.unknown('files', `Facts may be missing: ${describeProblems(own)}.`);
  }
}

/** The nearest of the folders that holds the file, or the root. */
function ownerOf(file: string, paths: ReadonlySet<string>): string {
  for (let at = parentOf(file); ; at = parentOf(at)) {
    if (paths.has(at) || at === '.') return at;
  }
}
