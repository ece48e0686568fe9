import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { readJson } from '../formats/parse.ts';
import { text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import type { Signal } from '../source-signals.ts';
import { readImportMap, readImports, readVersion } from './deno/facts.ts';
import { detectPlain, manifests, plainPrograms } from './deno/plain.ts';
import { describeTasks, readTasks, running } from './deno/tasks.ts';
import { readPackage } from './javascript/package-json.ts';

/** Deno projects: a deno.json with tasks or a file that serves. One beside a package.json that Node runs is Node's. */
export const denoDetector: Detector = {
  id: 'deno',
  detect: async (tree) => {
    const files = [...tree.named('deno.json'), ...tree.named('deno.jsonc')];
    const drafts = await Promise.all(files.map((file) => detectProject(tree, file)));
    const plain = await Promise.all(plainPrograms(tree).map((entry) => detectPlain(tree, entry)));
    return [...drafts, ...plain].filter((draft) => draft !== null);
  },
};

async function detectProject(tree: ProjectTree, file: string): Promise<Draft | null> {
  const folder = parentOf(file);
  const content = await readJson(tree, file);
  const source = await tree.read(file);
  if (content === null || source === null) return null;
  const tasks = readTasks(content);
  const listening = tree
    .signals(folder, 'entry')
    .filter((signal) => signal.value === 'js-listen' && isOwn(tree, folder, signal));
  if (await isNodes(tree, folder, tasks)) return null;
  if (tasks.size === 0 && listening.length === 0) return null;
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
  await readImportMap(draft, tree, content);
  const published =
    content.exports !== undefined || tree.firstIn(folder, ['mod.ts', 'mod.js']) !== null;
  const isLibrary = published && !running.some((task) => tasks.has(task));
  describeTasks(draft, tree, tasks, source, file, isLibrary ? [] : listening);
  return draft;
}

/** A file of this project, and no example of its use. */
function isOwn(tree: ProjectTree, folder: string, { file }: Signal): boolean {
  const inner = folder === '.' ? file : file.slice(folder.length + 1);
  if (/^(?:examples?|benches|scripts?|docs?)\//.test(inner)) return false;
  const manifest = tree.nearest(parentOf(file), manifests);
  return manifest === null || parentOf(manifest) === folder;
}

/** A package.json beside it is Node's, unless only Deno's tasks run something. */
async function isNodes(
  tree: ProjectTree,
  folder: string,
  tasks: ReadonlyMap<string, string>,
): Promise<boolean> {
  const file = inFolder(folder, 'package.json');
  if (!tree.has(file)) return false;
  const scripts = (await readPackage(tree, file))?.scripts ?? new Map<string, string>();
  const runs = (commands: ReadonlyMap<string, string>, isDeno: boolean) =>
    running.some((name) => {
      const command = commands.get(name) ?? '';
      return command !== '' && /\bdeno\b/.test(command) === isDeno;
    });
  return runs(scripts, false) || !runs(tasks, true);
}
