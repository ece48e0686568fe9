import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { readJson } from '../formats/parse.ts';
import { at, type Table, table, text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine, type Signal } from '../source-signals.ts';
import { isDevelopment } from './javascript/scripts.ts';

const frameworks: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/fresh/, 'fresh'],
  [/hono/, 'hono'],
  [/oak/, 'oak'],
  [/^(?:npm:)?express\b/, 'express'],
];

/** Deno projects: a deno.json with tasks or a file that serves. One beside a package.json is Node's. */
export const denoDetector: Detector = {
  id: 'deno',
  detect: async (tree) => {
    const files = [...tree.named('deno.json'), ...tree.named('deno.jsonc')];
    const drafts = await Promise.all(files.map((file) => detectProject(tree, file)));
    return drafts.filter((draft) => draft !== null);
  },
};

async function detectProject(tree: ProjectTree, file: string): Promise<Draft | null> {
  const folder = parentOf(file);
  if (tree.has(inFolder(folder, 'package.json'))) return null;
  const content = await readJson(tree, file);
  const source = await tree.read(file);
  if (content === null || source === null) return null;
  const listening = tree.signals(folder, 'entry').filter(({ value }) => value === 'js-listen');
  const tasks = table(content.tasks);
  if (Object.keys(tasks).length === 0 && listening.length === 0) return null;
  const place = { file, line: 1 };
  const name =
    text(content.name)?.replace(/^.*\//, '') ?? folder.replace(/^.*\//, '').replace(/^\.$/, '');
  const draft = new Draft(name, folder, 'typescript', place);
  draft.set('packageManager', 'deno', place);
  const lock = tree.nearest(folder, ['deno.lock']);
  if (lock) {
    draft.context = parentOf(lock);
    draft.set('lockfile', lock, { file: lock, line: 1 });
  }
  draft.set('install', lock ? 'deno install --frozen' : 'deno install', place);
  await readVersion(draft, tree, folder);
  readImports(draft, content, source, file);
  describeTasks(draft, tasks, source, file, listening);
  return draft;
}

function readImports(draft: Draft, content: Table, source: string, file: string): void {
  for (const [alias, target] of Object.entries(table(content.imports)).slice(0, 500)) {
    const specifier = text(target) ?? '';
    const line = findLine(source, `"${alias}"`);
    const name = /^(?:npm|jsr):\/?((?:@[^/@]+\/)?[^@/]+)/.exec(specifier)?.[1];
    if (name) draft.dependsOn(name, { file, line });
    const framework = frameworks.find(([pattern]) => pattern.test(name ?? specifier))?.[1];
    if (framework && draft.get('framework') === null) {
      draft.set('framework', framework, { file, line });
    }
  }
}

function describeTasks(
  draft: Draft,
  tasks: Table,
  source: string,
  file: string,
  listening: readonly Signal[],
): void {
  const command = (name: string) => text(at(tasks, name, 'command') ?? at(tasks, name)) ?? '';
  const placeOf = (task: string) => ({ file, line: findLine(source, `"${task}"`) });
  if (command('build') !== '') draft.set('build', 'deno task build', placeOf('build'));
  const start = ['start:prod', 'start', 'serve', 'preview'].find(
    (task) =>
      command(task) !== '' && !isDevelopment(command(task)) && !/\bdev\.ts\b/.test(command(task)),
  );
  const [entry] = [...listening].sort((a, b) => a.file.length - b.file.length);
  if (start) draft.set('start', `deno task ${start}`, placeOf(start));
  else if (entry) {
    const path = draft.path === '.' ? entry.file : entry.file.slice(draft.path.length + 1);
    draft.set('start', `deno run --allow-net --allow-env --allow-read ${path}`, entry);
  }
  const serves =
    entry ??
    (draft.get('framework') !== null || /\bdeno serve\b/.test(command(start ?? ''))
      ? { file, line: 1 }
      : null);
  if (serves) draft.is('web', serves).port(8000, 'framework', serves);
  else if (start) draft.is('worker', placeOf(start));
}

async function readVersion(draft: Draft, tree: ProjectTree, folder: string): Promise<void> {
  for (const name of ['.dvmrc', '.deno-version', '.tool-versions', 'mise.toml']) {
    const file = tree.nearest(folder, [name]);
    const source = file === null ? null : await tree.read(file);
    if (file === null || source === null) continue;
    const pattern = /^(?:deno\s*=?\s*)?["']?v?(\d+\.\d+\.\d+)\b/m;
    const match = (
      /version|dvmrc/.test(name) && !name.includes('tool')
        ? pattern
        : /^deno\s*=?\s*["']?v?(\d+\.\d+\.\d+)\b/m
    ).exec(source);
    if (match?.[1]) {
      draft.set('runtimeVersion', match[1], { file, line: findLine(source, match[0]) });
      return;
    }
  }
}
