import type { Draft } from '../../draft.ts';
import { at, type Table, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine, type Signal } from '../../source-signals.ts';
import { commandPort, isDevelopment } from '../javascript/scripts.ts';

/** Tasks (and scripts) that run a program, those for production first. */
export const running = ['start:prod', 'start', 'serve', 'preview', 'dev'] as const;

/** The tasks of a deno.json with their commands. */
export function readTasks(content: Table): ReadonlyMap<string, string> {
  const tasks = Object.entries(table(content.tasks)).slice(0, 500);
  return new Map(tasks.map(([name, task]) => [name, text(at(task, 'command') ?? task) ?? '']));
}

/** Sets build, start, kind and port by the tasks, else by the file that listens. */
export function describeTasks(
  draft: Draft,
  tree: ProjectTree,
  tasks: ReadonlyMap<string, string>,
  source: string,
  file: string,
  listening: readonly Signal[],
): void {
  const command = (name: string) => tasks.get(name) ?? '';
  const placeOf = (task: string) => ({ file, line: findLine(source, `"${task}"`) });
  if (command('build') !== '') draft.set('build', 'deno task build', placeOf('build'));
  const start = ['start:prod', 'start', 'serve', 'preview'].find(
    (task) =>
      command(task) !== '' && !isDevelopment(command(task)) && !/\bdev\.ts\b/.test(command(task)),
  );
  const watched = running.find((task) => unwatched(tree, draft.path, command(task)) !== null);
  const [entry] = [...listening].sort((a, b) => a.file.length - b.file.length);
  const run =
    (start && command(start)) ??
    (watched && unwatched(tree, draft.path, command(watched))) ??
    (entry && runEntry(draft, entry.file)) ??
    '';
  const place = start ? placeOf(start) : watched ? placeOf(watched) : (entry ?? null);
  if (run === '' || place === null) return;
  draft.set('start', start ? `deno task ${start}` : run, place);
  const serves = draft.get('framework') !== null || /\bdeno serve\b/.test(run);
  const at = entry ?? (serves ? { file, line: 1 } : null);
  if (at === null) {
    // A program that is only watched so far may be anything, as `deno init` leaves it.
    if (start) draft.is('worker', place);
    else draft.is('job', place);
    return;
  }
  draft.is('web', at).port(8000, 'framework', at);
  const port = commandPort(run);
  if (port !== null) draft.port(port, 'command', place);
}

/** The command for a file that no task runs; packages of npm ask for the machine's name and the like. */
export function runEntry(draft: Draft, file: string): string {
  const path = draft.path === '.' ? file : file.slice(draft.path.length + 1);
  const system = draft.dependencies.length > 0 ? ' --allow-sys' : '';
  return `deno run --allow-net --allow-env --allow-read${system} ${path}`;
}

/**
 * What a task for developers runs, as it runs in production: without watching, and the program in
 * place of Fresh's `dev.ts`. Null where the task does not run a file of the project.
 */
function unwatched(tree: ProjectTree, folder: string, command: string): string | null {
  const words = command.trim().split(/\s+/);
  if (!/^deno (?:run|serve) /.test(command.trim()) || /[&|;$`<>]/.test(command)) return null;
  const kept = words.filter((word) => !/^--(?:watch|watch-hmr|inspect(?:-\w+)?)(?:=|$)/.test(word));
  const index = kept.findIndex((word) => /^[\w./-]+\.[mc]?[jt]sx?$/.test(word));
  const file = (kept[index] ?? '').replace(/^\.\//, '').replace(/(^|\/)dev\.ts$/, '$1main.ts');
  if (file === '' || !tree.has(inFolder(folder, file))) return null;
  return kept.map((word, at) => (at === index ? file : word)).join(' ');
}
