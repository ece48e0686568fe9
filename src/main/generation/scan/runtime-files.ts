import type { Draft } from './draft.ts';
import { inFolder, type ProjectTree, parentOf } from './project-tree.ts';
import type { Signal } from './source-signals.ts';

/** Languages whose image holds the binary and nothing else of the project. */
const compiled = new Set(['go', 'rust', 'crystal', 'zig', 'haskell', 'c', 'cpp']);

/** Files and folders that a framework reads by itself. */
const conventional: Readonly<Record<string, readonly string[]>> = {
  rocket: ['Rocket.toml', 'templates'],
  kemal: ['public'],
};

const code = /\.(?:go|rs|cr|zig|hs|c|cc|cpp|cxx|h|hpp)$/;

/** What ignore files keep out of an image: secrets, infrastructure files, what builds leave. */
const keptOut =
  /(?:^|\/)(?:\.env[^/]*|[^/]*\.(?:pem|key|test|out|o|md|log)|Dockerfile[^/]*|[^/]*compose[^/]*\.ya?ml|k8s|build|bin|lib|target|zig-out|\.[^/]+)(?:\/|$)/i;

/** Entries that one service may have; a program that names more serves a folder that none can name. */
const maxEntries = 50;

/**
 * What a compiled program reads of the project when it runs, as paths below the root: literals of
 * its sources that name a file or folder which is there, seen from its own folder or its context.
 */
export function runtimeFiles(
  draft: Draft,
  own: readonly Signal[],
  tree: ProjectTree,
): readonly string[] {
  if (!compiled.has(draft.language)) return [];
  const found = new Set<string>();
  const read = own.filter(({ fact }) => fact === 'file');
  const first = draft.evidence[0];
  const usual = conventional[draft.get('framework') ?? ''] ?? [];
  for (const { value, file, line } of [
    ...read,
    ...(first ? usual.map((value) => ({ value, file: first.file, line: first.line })) : []),
  ]) {
    const path = placeOf(value, draft, tree);
    if (path === null || found.has(path) || found.size >= maxEntries) continue;
    found.add(path);
    draft.evidence.push({ fact: 'runtimeFile', value: path, file, line });
    if (path.startsWith(`${draft.path}/`) || draft.path === '.') continue;
    draft.unknown(
      'start',
      `${file}:${line} reads ${value} from the folder that it is started in: start it where ${path} can be found under that name.`,
    );
  }
  for (const folder of draft.served) found.add(folder);
  const all = [...found].sort();
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
}

function placeOf(value: string, draft: Draft, tree: ProjectTree): string | null {
  const named = value.replace(/^\.\//, '').replace(/\/+$/, '');
  const glob = named.search(/[*?[{]/);
  const plain = glob === -1 ? named : parentOf(named.slice(0, glob));
  if (plain === '' || plain === '.' || !/^[\w@.][\w@./ -]*$/.test(plain)) return null;
  if (plain.split('/').includes('..') || keptOut.test(plain)) return null;
  for (const folder of new Set([draft.path, draft.context])) {
    const path = inFolder(folder, plain);
    if (tree.has(path)) return withNeighbours(path, plain, tree);
    const files = tree.under(path);
    if (files.length > 0) return files.every((file) => code.test(file)) ? null : path;
  }
  return null;
}

/** A template seldom comes alone: its folder, unless sources lie in it too. */
function withNeighbours(path: string, plain: string, tree: ProjectTree): string {
  const folder = parentOf(path);
  if (!plain.includes('/') || tree.under(folder).some((file) => code.test(file))) return path;
  return folder;
}
