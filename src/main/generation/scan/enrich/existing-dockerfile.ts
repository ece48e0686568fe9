import type { Draft, Place } from '../draft.ts';
import { noStart } from '../no-start.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { keepVolume } from './data-folders.ts';

const expose = /^\s*EXPOSE\s+(.+)$/i;
const variable = /^\s*(ARG|ENV)\s+(\w+)(?:=|\s+)["']?([\w.-]+)["']?\s*(?:#.*|\\)?$/i;
const from = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?\s*$/i;
const command = /^\s*(CMD|ENTRYPOINT)\s+(.+)$/i;

/**
 * What the author's own Dockerfile tells: the ports it exposes count where code and configuration say
 * none, and what it sets the program's own variable to before the default of that; its command is the start where nothing else gave one.
 */
export async function readDockerfiles(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  for (const draft of drafts) {
    const file = dockerfileOf(draft.path, tree) ?? (await outerDockerfile(draft, drafts, tree));
    const text = file === null ? null : await tree.read(file);
    if (file === null || text === null) continue;
    const lines = text.split(/\r?\n/);
    // Of several programs in one folder the Dockerfile does not say which it runs.
    const alone =
      drafts.filter(({ path, kind }) => path === draft.path && kind !== 'library').length <= 1;
    if (alone) readVolumes(draft, file, lines);
    if (alone && file !== inFolder(draft.path, 'Dockerfile')) {
      draft.evidence.push({ fact: 'dockerfile', value: file, file, line: 1 });
    }
    // Built files are served by the image that is made for them; theirs may serve its developers.
    if (draft.kind === 'static') continue;
    readPorts(draft, file, lines, alone);
    if (draft.get('start') === null) readCommand(draft, file, lines);
    else if (alone) noteArguments(draft, file, lines);
  }
}

/** The Dockerfile of a service: in its folder, or in one that is kept for such files. */
function dockerfileOf(folder: string, tree: ProjectTree): string | null {
  const known = tree.firstIn(folder, [
    'Dockerfile',
    'Containerfile',
    'docker/Dockerfile',
    '.docker/Dockerfile',
    'deploy/Dockerfile',
    'build/Dockerfile',
  ]);
  if (known !== null) return known;
  // Where there is one for each distribution, the first tells as much as any.
  const variants = tree
    .under(inFolder(folder, 'docker'))
    .filter((path) => /\/docker\/Dockerfile\.(?:debian|alpine)$/.test(`/${path}`));
  return variants.at(-1) ?? null;
}

/**
 * The Dockerfile of the folder above, where it copies this folder into its image and nothing else of
 * the project lies there: the image is this service, which then has that folder's name and is built
 * from it (`web/Dockerfile` that copies `web/static`).
 */
async function outerDockerfile(
  draft: Draft,
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<string | null> {
  const outer = parentOf(draft.path);
  const inner = draft.path.slice(draft.path.lastIndexOf('/') + 1);
  const install = draft.get('install');
  if (draft.path === '.' || outer === '.' || draft.context !== draft.path) return null;
  // Other package managers install in the folder that they are built from.
  if (install !== null && draft.language !== 'php') return null;
  const isAlone = drafts.every((one) => one === draft || !isWithin(one.path, outer));
  const file = isAlone ? tree.firstIn(outer, ['Dockerfile']) : null;
  const text = file === null ? null : await tree.read(file);
  if (file === null || !copies(text ?? '', inner)) return null;
  draft.context = outer;
  if (draft.name === inner) draft.name = outer.slice(outer.lastIndexOf('/') + 1);
  const said = draft.evidence.find(({ fact }) => fact === 'install');
  if (install !== null && said) {
    const told = install.replace(/^composer /, `composer --working-dir=${shellWord(inner)} `);
    draft.set('install', told, said);
  }
  return file;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Whether a Dockerfile copies a folder of its context. */
function copies(text: string, folder: string): boolean {
  return text.split(/\r?\n/).some((line) => {
    const words = /^\s*(?:COPY|ADD)\s+(.+)$/i.exec(line)?.[1]?.split(/\s+/) ?? [];
    if (words.some((word) => word.startsWith('--from='))) return false;
    const sources = words.filter((word) => !word.startsWith('--')).slice(0, -1);
    return sources.some((word) => word.replace(/^\.\//, '').replace(/\/(?:\.)?$/, '') === folder);
  });
}

/** Text with the variables in it replaced by the last default that ARG or ENV gave them. */
function expand(text: string, defaults: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
    (whole, braced?: string, fallback?: string, plain?: string) =>
      defaults.get(braced ?? plain ?? '') ?? fallback ?? whole,
  );
}

function readPorts(draft: Draft, file: string, lines: readonly string[], alone: boolean): void {
  const defaults = new Map<string, string>();
  const stages = new Set<string>();
  // What a stage sets is gone in the next, but for one that is made from it.
  let told = new Map<string, Place>();
  for (const [index, line] of lines.entries()) {
    const content = expand(line, defaults);
    // ENV goes on over lines that end in a backslash.
    const more = index > 0 && lines[index - 1]?.trimEnd().endsWith('\\');
    const [, how = '', name = '', value = ''] =
      variable.exec(more ? `ENV ${content}` : content) ?? [];
    if (name !== '') defaults.set(name, value);
    const words = expose.exec(content)?.[1]?.trim().split(/\s+/) ?? [];
    const at = { file, line: index + 1 };
    const [, base = '', stage = ''] = from.exec(content) ?? [];
    if (base !== '' && !stages.has(base)) told = new Map();
    if (stage !== '') stages.add(stage);
    if (how.toUpperCase() === 'ENV' && /(?:^|_)PORT$/.test(name)) told.set(name, at);
    // A port that a variable names says that it serves, though not where.
    if (words.length > 0 && alone && draft.kind === 'cli') draft.is('web', at);
    for (const port of words) {
      if (!/^\d+(?:\/tcp)?$/.test(port)) continue;
      const number = Number.parseInt(port, 10);
      const [setter] = [...told].filter(([name]) => defaults.get(name) === `${number}`);
      if (setter && alone) {
        draft.imagePort ??= { port: number, variable: setter[0], at: setter[1] };
      }
      draft.port(number, 'existing', at);
    }
  }
}

function readVolumes(draft: Draft, file: string, lines: readonly string[]): void {
  let home: string | null = null;
  for (const [index, line] of lines.entries()) {
    home = /^\s*WORKDIR\s+(\/[\w./-]*)/i.exec(line)?.[1] ?? home;
    const written = /^\s*VOLUME\s+(.{1,500})$/i.exec(line)?.[1] ?? '';
    for (const target of written.match(/\/[\w./-]+/g) ?? []) {
      keepVolume(draft, target, home, { file, line: index + 1 });
    }
  }
}

/** What the author's image gives the program beyond what we start it with is named, not taken: it may fit that image only. */
function noteArguments(draft: Draft, file: string, lines: readonly string[]): void {
  const { entry, last } = finalCommand(file, lines);
  const [program = '', ...rest] = draft.get('start')?.split(' ') ?? [];
  if (!entry || !last || rest.length > 0 || !program.includes('/')) return;
  draft.unknown(
    'start',
    `${file}:${last.at.line} starts the program with ${last.words}; give it what it needs of that.`,
  );
}

type Command = { readonly words: string; readonly at: Place };

/** The entry point and the command of the last stage. */
function finalCommand(file: string, lines: readonly string[]) {
  let entry: Command | null = null;
  let last: Command | null = null;
  for (const [index, content] of lines.entries()) {
    // Each stage starts afresh; only the last one runs.
    if (/^\s*FROM\s/i.test(content)) [entry, last] = [null, null];
    const [, word = '', rest = ''] = command.exec(content) ?? [];
    if (word === '' || rest.endsWith('\\')) continue;
    const found = { words: asCommand(rest), at: { file, line: index + 1 } };
    if (word.toUpperCase() === 'ENTRYPOINT') entry = found;
    else last = found;
  }
  return { entry, last };
}

function readCommand(draft: Draft, file: string, lines: readonly string[]): void {
  const { entry, last } = finalCommand(file, lines);
  const start = [entry?.words, last?.words].filter((words) => words).join(' ');
  const at = entry?.at ?? last?.at;
  if (start === '' || !at || start.includes(shellWord(noStart))) return;
  draft.set('start', start, at);
  draft.unknown('start', `${file} names this command; its paths may be those of that image.`);
  if (draft.kind === 'library')
    draft.is(lines.some((line) => expose.test(line)) ? 'web' : 'worker', at);
}

function asCommand(written: string): string {
  try {
    const words: unknown = JSON.parse(written);
    if (Array.isArray(words))
      return words
        .filter((word) => typeof word === 'string')
        .map(shellWord)
        .join(' ');
  } catch {
    // Not the JSON form: it is a shell command as it stands.
  }
  return written.trim();
}
