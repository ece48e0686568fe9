import type { Draft, Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { type Table, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

const frameworks: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/fresh/, 'fresh'],
  [/hono/, 'hono'],
  [/oak/, 'oak'],
  [/^(?:npm:)?express\b/, 'express'],
];

/** Adds what is imported: a package by its name, and the framework that the first known one is. */
export function addImport(draft: Draft, name: string | null, specifier: string, at: Place): void {
  if (name !== null) draft.dependsOn(name, at);
  const framework = frameworks.find(([pattern]) => pattern.test(name ?? specifier))?.[1];
  if (framework && draft.get('framework') === null) draft.set('framework', framework, at);
}

/** Reads the `imports` of a deno.json or of an import map. */
export function readImports(draft: Draft, content: Table, source: string, file: string): void {
  for (const [alias, target] of Object.entries(table(content.imports)).slice(0, 500)) {
    const specifier = text(target) ?? '';
    const name = /^(?:npm|jsr):\/?((?:@[^/@]+\/)?[^@/]+)/.exec(specifier)?.[1] ?? null;
    addImport(draft, name, specifier, { file, line: findLine(source, `"${alias}"`) });
  }
}

/** Reads the import map that a deno.json names. */
export async function readImportMap(
  draft: Draft,
  tree: ProjectTree,
  content: Table,
): Promise<void> {
  const name = text(content.importMap)?.replace(/^\.\//, '');
  if (name === undefined) return;
  const file = inFolder(draft.path, name);
  if (!tree.has(file)) return;
  const map = await readJson(tree, file);
  const source = await tree.read(file);
  if (map !== null && source !== null) readImports(draft, map, source, file);
}

/** Sets the version that a file of a version manager pins. */
export async function readVersion(draft: Draft, tree: ProjectTree, folder: string): Promise<void> {
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
