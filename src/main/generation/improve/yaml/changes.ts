import { isDeepStrictEqual } from 'node:util';
import type { YamlPath } from '../../validation/yaml/line-of-path.ts';
import { applyTextEdits } from '../text-edits.ts';
import { changedData } from './changed-data.ts';
import type { YamlValue } from './render.ts';
import { textEditsOf } from './text-edits-of.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** A change of one document (by its number) of a YAML file. */
export type YamlChange = { readonly document: number; readonly path: YamlPath } & (
  | {
      /** Sets a key, with the mappings above it that are missing; or another text where one stands. */
      readonly type: 'set';
      readonly value: YamlValue;
      /** Said above what is new. */
      readonly comment?: string;
      /** The key beside it that a new one stands before; without it, it stands behind all. */
      readonly before?: string;
    }
  /** Adds an item to the list at `path`. */
  | { readonly type: 'append'; readonly value: YamlValue }
  /** Adds a word at the beginning of the list at `path`, which has items. */
  | { readonly type: 'prepend'; readonly value: string }
  /** Takes away a key whose value stands on its line. */
  | { readonly type: 'remove' }
);

/** The text after the changes that could be made, and which those were. */
export type ChangedYaml = { readonly text: string; readonly made: readonly YamlChange[] };

/** Characters that are read, in all, where changes are tried one by one. */
const maxReread = 500_000;

/**
 * Makes changes in a YAML text without writing the rest of it anew. What comes out is read again, and
 * must hold the same data but for the changes; one for which it does not is left out.
 */
export function changeYaml(file: YamlFile, changes: readonly YamlChange[]): ChangedYaml {
  const text = tryChanges(file, changes);
  if (text !== null) return { text, made: changes };
  let current = file;
  const made: YamlChange[] = [];
  const tries = Math.max(5, Math.floor(maxReread / (file.text.length + 1)));
  for (const change of changes.slice(0, tries)) {
    const next = tryChanges(current, [change]);
    const read = next === null ? null : readYamlFile(next);
    if (read === null) continue;
    current = read;
    made.push(change);
  }
  return { text: current.text, made };
}

function tryChanges(file: YamlFile, changes: readonly YamlChange[]): string | null {
  if (changes.length === 0) return file.text;
  const edits = textEditsOf(file, changes);
  if (edits === null) return null;
  const text = applyTextEdits(file.text, edits);
  const after = readYamlFile(text);
  if (after === null) return null;
  const wanted = changedData(
    file.documents.map(({ value }) => value),
    changes,
  );
  const got = after.documents.map(({ value }) => value);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(got)), wanted) ? text : null;
}
