import type { Place } from './draft.ts';
import { readToml } from './formats/parse.ts';
import { at, list, table, text } from './formats/values.ts';
import type { ProjectTree } from './project-tree.ts';
import { findLine } from './source-signals.ts';

/** A pinned version and where it stands. */
export type Pin = { readonly version: string; readonly at: Place };

/** Files of the version managers that serve all languages (asdf, mise), nearest folder first. */
const managers = ['.tool-versions', 'mise.toml', '.mise.toml'];

/**
 * The version that a project pins for a tool, from the file that only that tool reads (`.ruby-version`)
 * or from a version manager's file in the folder or above it; as written, but for a leading `v`.
 */
export async function readPin(
  tree: ProjectTree,
  folder: string,
  tools: readonly string[],
  own: readonly string[] = [],
): Promise<Pin | null> {
  const file = tree.nearest(folder, [...own, ...managers]);
  if (file === null) return null;
  const content = await tree.read(file);
  if (content === null) return null;
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name === '.tool-versions') return fromAsdf(file, content, tools);
  if (name.endsWith('mise.toml')) return fromMise(tree, file, content, tools);
  const first =
    content
      .split('\n', 1)[0]
      ?.trim()
      .replace(/^v(?=\d)/, '') ?? '';
  return first === '' ? null : { version: first, at: { file, line: 1 } };
}

function fromAsdf(file: string, content: string, tools: readonly string[]): Pin | null {
  for (const [index, line] of content.split('\n').entries()) {
    const [tool = '', version = ''] = line.trim().split(/\s+/);
    if (tools.includes(tool) && version !== '') return { version, at: { file, line: index + 1 } };
  }
  return null;
}

async function fromMise(
  tree: ProjectTree,
  file: string,
  content: string,
  tools: readonly string[],
): Promise<Pin | null> {
  const pinned = table(at(await readToml(tree, file), 'tools'));
  for (const tool of tools) {
    const value = at(pinned, tool);
    const version = text(list(value)[0]) ?? text(at(value, 'version'));
    if (version) return { version, at: { file, line: findLine(content, tool) } };
  }
  return null;
}

/** A version reduced to its first `parts` numbers; null where the text holds none. */
export function shorten(version: string, parts: number): string | null {
  const numbers = /\d+(?:\.\d+){0,3}/.exec(version)?.[0].split('.');
  return numbers ? numbers.slice(0, parts).join('.') : null;
}
