import type { Place } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, type Table, table, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { normalName, parseRequirement } from './requirement.ts';

/** What a project needs at run time: by name, with the extras asked for. */
export type Dependencies = Map<string, { readonly extras: readonly string[]; readonly at: Place }>;

const maxDependencies = 1_000;

/** Adds what a requirements file names, and the files that it includes (`-r`), up to twenty. */
export async function addRequirements(
  tree: ProjectTree,
  file: string,
  into: Dependencies,
  seen = new Set<string>(),
): Promise<void> {
  if (seen.has(file) || seen.size >= 20) return;
  seen.add(file);
  const lines = ((await tree.read(file)) ?? '').split(/\r?\n/).slice(0, 20_000);
  for (const [index, line] of lines.entries()) {
    const included = /^\s*(?:-r|--requirement)[ =]+([\w./-]+)/.exec(line)?.[1];
    if (included !== undefined) {
      const path = resolveIn(parentOf(file), included);
      if (path !== null && tree.has(path)) await addRequirements(tree, path, into, seen);
    } else add(into, line, { file, line: index + 1 });
  }
}

/** Adds what a pyproject.toml names: `[project]`, Poetry's tables; returns the whole content. */
export async function addPyproject(
  tree: ProjectTree,
  file: string,
  into: Dependencies,
): Promise<Table | null> {
  const content = await readToml(tree, file);
  if (content === null) return null;
  const source = (await tree.read(file)) ?? '';
  for (const requirement of texts(at(content, 'project', 'dependencies'))) {
    add(into, requirement, { file, line: findLine(source, requirement) });
  }
  addTable(into, at(content, 'tool', 'poetry', 'dependencies'), file, source);
  return content;
}

const servers = /^(?:gunicorn|uvicorn|granian|hypercorn|daphne|uwsgi|waitress)$/;

/**
 * Adds the server that a project keeps in an extra of its own (`[project.optional-dependencies]`), where
 * it has none otherwise. Returns the extra's name, so that the install asks for it.
 */
export function addServerExtra(
  content: Table | null,
  file: string,
  source: string,
  into: Dependencies,
): string | null {
  if ([...into.keys()].some((name) => servers.test(name))) return null;
  const extras = table(at(content, 'project', 'optional-dependencies'));
  for (const [extra, requirements] of Object.entries(extras).slice(0, 100)) {
    if (/dev|test|doc|lint|all/i.test(extra) || !/^[\w-]{1,60}$/.test(extra)) continue;
    for (const requirement of texts(requirements)) {
      if (!servers.test(parseRequirement(requirement)?.name ?? '')) continue;
      add(into, requirement, { file, line: findLine(source, requirement) });
      return extra;
    }
  }
  return null;
}

/** Adds what a Pipfile names. */
export async function addPipfile(
  tree: ProjectTree,
  file: string,
  into: Dependencies,
): Promise<Table | null> {
  const content = await readToml(tree, file);
  if (content === null) return null;
  addTable(into, content.packages, file, (await tree.read(file)) ?? '');
  return content;
}

/** Adds what `install_requires` of a setup.py or setup.cfg lists; no Python is run for it. */
export async function addSetup(tree: ProjectTree, file: string, into: Dependencies): Promise<void> {
  const source = (await tree.read(file)) ?? '';
  const from = source.indexOf('install_requires');
  if (from === -1) return;
  const rest = source.slice(from, from + 20_000);
  const block = file.endsWith('.py')
    ? rest.slice(0, rest.indexOf(']') + 1 || undefined)
    : (/^install_requires\s*=((?:[^\n]*\n?)(?:[ \t]+[^\n]*(?:\n|$))*)/.exec(rest)?.[1] ?? '');
  const items = file.endsWith('.py')
    ? [...block.matchAll(/["']([^"'\n]{1,200})["']/g)].map((match) => match[1] as string)
    : block.split('\n');
  for (const item of items) add(into, item, { file, line: findLine(source, item.trim() || item) });
}

function addTable(into: Dependencies, value: unknown, file: string, source: string): void {
  for (const [name, spec] of Object.entries(table(value)).slice(0, maxDependencies)) {
    if (name === 'python' || at(spec, 'optional') === true) continue;
    const extras = texts(at(spec, 'extras')).map((extra) => extra.toLowerCase());
    const key = normalName(name);
    if (!into.has(key)) into.set(key, { extras, at: { file, line: findLine(source, name) } });
  }
}

function add(into: Dependencies, line: string, place: Place): void {
  const requirement = parseRequirement(line);
  if (requirement === null || into.size >= maxDependencies) return;
  const { name, extras } = requirement;
  if (!into.has(name)) into.set(name, { extras, at: place });
}

function resolveIn(folder: string, path: string): string | null {
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The names of the commands that a project installs. */
export function consoleScripts(content: Table | null): readonly string[] {
  return [
    ...Object.keys(table(at(content, 'project', 'scripts'))),
    ...Object.keys(table(at(content, 'tool', 'poetry', 'scripts'))),
  ];
}

/** The requirements file that production installs; null where the folder has none. */
export function requirementsFile(tree: ProjectTree, folder: string): string | null {
  const names = [
    'requirements',
    'requirements/production',
    'requirements/prod',
    'requirements/base',
  ];
  const more = [
    'requirements-prod',
    'requirements_prod',
    'requirements-production',
    'requirements/requirements',
    'requirements/common',
    'requirements/main',
  ];
  return (
    [...names, ...more]
      .map((name) => inFolder(folder, `${name}.txt`))
      .find((path) => tree.has(path)) ?? null
  );
}
