import type { Place } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, type Table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { reducePythonRange } from './version-range.ts';

/** A Python version as the project pins it, reduced to an image tag, and where. */
export type PythonPin = { readonly version: string; readonly at: Place };

const pinFiles: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['.python-version', /^\s*(\S+)/m],
  ['runtime.txt', /^\s*(python-\S+)/m],
  ['.tool-versions', /^python[ \t]+(\S+)/m],
];

/** The version that the project pins: its pin files, then its manifests, then those of the folders above. */
export async function pinnedPython(tree: ProjectTree, folder: string): Promise<PythonPin | null> {
  for (let above = folder; ; above = parentOf(above)) {
    const pin = (await fromFiles(tree, above)) ?? (await fromManifests(tree, above));
    if (pin || above === '.') return pin;
  }
}

async function fromFiles(tree: ProjectTree, folder: string): Promise<PythonPin | null> {
  for (const [name, pattern] of pinFiles) {
    const file = inFolder(folder, name);
    const source = tree.has(file) ? await tree.read(file) : null;
    if (source === null) continue;
    const version = reducePythonRange(pattern.exec(source)?.[1] ?? '');
    if (version !== null) return { version, at: { file, line: findLine(source, pattern) } };
  }
  const mise = tree.firstIn(folder, ['mise.toml', '.mise.toml', '.config/mise.toml']);
  if (mise === null) return null;
  const tool = at(await readToml(tree, mise), 'tools', 'python');
  const version = reducePythonRange(
    text(at(tool, 'version') ?? (Array.isArray(tool) ? tool[0] : tool)) ?? '',
  );
  return version === null ? null : { version, at: await placeIn(tree, mise, /^\s*"?python/m) };
}

async function fromManifests(tree: ProjectTree, folder: string): Promise<PythonPin | null> {
  const sources: readonly (readonly [string, (content: Table) => unknown, RegExp])[] = [
    [
      'Pipfile',
      (c) => at(c, 'requires', 'python_full_version') ?? at(c, 'requires', 'python_version'),
      /python_(?:full_)?version/,
    ],
    ['pyproject.toml', (c) => at(c, 'tool', 'poetry', 'dependencies', 'python'), /^python\s*=/m],
    ['pyproject.toml', (c) => at(c, 'project', 'requires-python'), /requires-python/],
  ];
  for (const [name, read, pattern] of sources) {
    const file = inFolder(folder, name);
    const content = tree.has(file) ? await readToml(tree, file) : null;
    const value = content === null ? undefined : read(content);
    const version = reducePythonRange(text(at(value, 'version') ?? value) ?? '');
    if (version !== null) return { version, at: await placeIn(tree, file, pattern) };
  }
  const pattern = /\bpython_requires\s*=\s*["']?([^"'\n]{1,100})/;
  for (const name of ['setup.cfg', 'setup.py']) {
    const file = inFolder(folder, name);
    const source = tree.has(file) ? await tree.read(file) : null;
    const version = reducePythonRange(pattern.exec(source ?? '')?.[1] ?? '');
    if (version !== null) return { version, at: { file, line: findLine(source ?? '', pattern) } };
  }
  return null;
}

async function placeIn(tree: ProjectTree, file: string, pattern: RegExp): Promise<Place> {
  return { file, line: findLine((await tree.read(file)) ?? '', pattern) };
}
