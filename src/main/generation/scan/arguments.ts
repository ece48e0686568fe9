import type { Draft } from './draft.ts';
import { parentOf } from './project-tree.ts';
import { needsArguments } from './signals/arguments.ts';
import type { Signal } from './source-signals.ts';

/** A start command that runs a program of the project: the program's path, and what follows it. */
type Started = { readonly program: string; readonly rest: string };

const shapes = [
  /^java\s(?:.*\s)?-jar\s+(\S+)(.*)$/,
  /^dotnet\s+(\S+\.dll)(.*)$/,
  /^(?:python[\d.]*|node|ruby|bun|tsx)\s+([\w./-]+\.(?:py|rb|[cm]?[jt]s))(.*)$/,
  /^(\.{0,2}\/?[\w.-]+\/[\w./-]+|\.\/[\w.-]+)(.*)$/,
];

/**
 * Says that the start command is not whole where the program ends without arguments and the command
 * gives it none. Which file is the program's must be plain; else nothing is said.
 */
export function noteArguments(draft: Draft, own: readonly Signal[]): void {
  if (draft.kind === 'cli' || draft.kind === 'library' || draft.kind === 'static') return;
  const started = startedBy(draft.get('start') ?? '');
  if (started === null || started.rest.trim() !== '') return;
  const entries = own.filter(({ fact }) => fact === 'entry');
  const check = entries.find(
    (entry) => entry.value === needsArguments && isOf(entry.file, started, draft, entries),
  );
  if (!check) return;
  draft.unknown(
    'start',
    `${check.file}:${check.line} ends the program where it is started without arguments, and the command gives it none: add what it needs.`,
  );
}

function startedBy(start: string): Started | null {
  const last = start.split('&&').at(-1)?.trim() ?? '';
  const command = last.replace(/^(?:exec\s+|\w+=\S+\s+)+/, '');
  for (const shape of shapes) {
    const [, program, rest = ''] = shape.exec(command) ?? [];
    if (program) return { program, rest };
  }
  return null;
}

const script = /\.(?:py|rb|[cm]?[jt]s)$/;

/** Tells whether a file is the started program's own: the script, or the file of the only main or of that name. */
function isOf(file: string, started: Started, draft: Draft, entries: readonly Signal[]): boolean {
  if (script.test(file)) {
    const named = started.program.replace(/^\.\//, '');
    return file === (draft.path === '.' ? named : `${draft.path}/${named}`);
  }
  if (file.endsWith('.cs'))
    return /(?:^|\/)Program\.cs$/.test(file) && parentOf(file) === draft.path;
  const mains = entries.filter(({ value }) => /^(?:cpp|go|jvm|rust)-main$/.test(value));
  // Its own package comes first; the others may hold generators, which are programs too.
  if (file.endsWith('.go')) return parentOf(file) === (draft.packages?.[0] ?? draft.path);
  const files = [...new Set(mains.map((main) => main.file))];
  if (files.length === 1) return file.endsWith('.rs') || files[0] === file;
  return files.includes(file) && base(file) === base(started.program);
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}
