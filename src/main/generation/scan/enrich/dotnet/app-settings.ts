import type { Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { isTable, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

/** A value of a settings file, under its whole key as it is written there (`Identity:Url`). */
export type AppSetting = { readonly key: string; readonly value: string; readonly at: Place };

/** The values of a settings file by their keys in lower case. */
export type Settings = ReadonlyMap<string, AppSetting>;

/** Values of one file that are looked at. */
const maxSettings = 2_000;

/** The values of `appsettings.json`, or of its kin for one environment, by their keys in lower case. */
export async function appSettings(
  tree: ProjectTree,
  folder: string,
  environment = '',
): Promise<Settings> {
  const file = inFolder(folder, `appsettings${environment}.json`);
  const found = new Map<string, AppSetting>();
  if (!tree.has(file)) return found;
  const source = (await tree.read(file)) ?? '';
  const visit = (value: unknown, key: string): void => {
    if (found.size >= maxSettings) return;
    const leaf = value === null ? '' : text(value);
    if (leaf !== null) {
      const name = key.slice(key.lastIndexOf(':') + 1);
      found.set(key.toLowerCase(), {
        key,
        value: leaf,
        at: { file, line: lineOf(source, name, leaf) },
      });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${key}:${index}`);
    } else if (isTable(value)) {
      for (const [name, item] of Object.entries(value)) visit(item, key ? `${key}:${name}` : name);
    }
  };
  visit(await readJson(tree, file), '');
  return found;
}

/** The line of a key with its value, as far as the text shows it as it is parsed. */
function lineOf(source: string, name: string, value: string): number {
  const exact = `"${name}": ${JSON.stringify(value)}`;
  return findLine(source, source.includes(exact) ? exact : `"${name}"`);
}
