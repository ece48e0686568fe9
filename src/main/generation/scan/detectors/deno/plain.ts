import { Draft } from '../../draft.ts';
import { type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine, type Signal } from '../../source-signals.ts';
import { addImport, readVersion } from './facts.ts';
import { runEntry } from './tasks.ts';

/** Files that make a folder a project of Deno or Node. */
export const manifests = ['deno.json', 'deno.jsonc', 'package.json'] as const;

/** Deno needs no manifest: the listening file of each folder where none is in or above it. */
export function plainPrograms(tree: ProjectTree): readonly Signal[] {
  const found = new Map<string, Signal>();
  for (const signal of tree.signals('.', 'entry')) {
    const folder = parentOf(signal.file);
    const known = found.get(folder);
    if (signal.value !== 'js-listen' || tree.nearest(folder, manifests) !== null) continue;
    if (!known || /\/(?:main|server|index)\.\w+$/.test(`/${signal.file}`))
      found.set(folder, signal);
  }
  return [...found.values()].slice(0, 100);
}

/** Drafts the program; null where its source shows nothing of Deno. */
export async function detectPlain(tree: ProjectTree, entry: Signal): Promise<Draft | null> {
  const source = (await tree.read(entry.file)) ?? '';
  if (!/\bDeno\.|["'](?:npm|jsr):|["']https:\/\/deno\.land\//.test(source)) return null;
  const folder = parentOf(entry.file);
  const draft = new Draft(
    folder === '.' ? '' : (folder.split('/').at(-1) ?? ''),
    folder,
    'typescript',
    entry,
  );
  draft.set('packageManager', 'deno', entry);
  const lock = tree.firstIn(folder, ['deno.lock']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  await readVersion(draft, tree, folder);
  for (const [, name = ''] of source.matchAll(/["'](?:npm|jsr):\/?((?:@[^/@"']+\/)?[^/@"']+)/g)) {
    const at = { file: entry.file, line: findLine(source, name) };
    addImport(draft, name, name, at);
  }
  const command = runEntry(draft, entry.file);
  const frozen = lock ? command.replace('deno run', 'deno run --frozen') : command;
  return draft.set('start', frozen, entry).is('web', entry).port(8000, 'framework', entry);
}
