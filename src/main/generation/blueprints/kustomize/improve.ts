import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { readYamlFile } from '../../improve/yaml/yaml-file.ts';
import { readYamlDocuments } from '../../read-yaml.ts';

/** The project's own kustomizations, which are improved rather than replaced. */
export function kustomizationsOf(
  { existing }: ScanResult,
  { existing: mode }: Target,
): readonly string[] {
  if (mode === 'replace') return [];
  return existing.filter(({ kind }) => kind === 'kustomize').map(({ path }) => path);
}

type Field = Pair<ParsedNode, ParsedNode | null>;
/** A piece of text put in place of another, by offsets. */
type Edit = { readonly from: number; readonly to: number; readonly text: string };

/** Fields that only got another name. */
const renamed: Readonly<Record<string, string>> = { bases: 'resources', imageTags: 'images' };
/** Fields whose entries belong under `patches`; entries of the first become `path:`. */
const patching = ['patchesStrategicMerge', 'patchesJson6902'];

/**
 * What `kustomize edit fix` would do to deprecated fields, as edits of the text that keep comments,
 * order and line ends. Where an old field stands beside its new one, or the text is not as expected,
 * that field is left to the author.
 */
export function improveKustomization(content: string): string {
  // What has faults, or aliases that lead nowhere or to a bomb, is its validator's to name.
  const root = readYamlFile(content) === null ? null : readRoot(content);
  if (root === null) return content;
  const fields = new Map(
    root.items.flatMap((pair): readonly [string, Field][] =>
      isScalar(pair.key) ? [[String(pair.key.value), pair]] : [],
    ),
  );
  const edits = [
    ...Object.entries(renamed).flatMap(([old, name]) => rename(fields, old, name)),
    ...movePatches(content, fields),
    ...moveLabels(content, fields),
  ].sort((a, b) => b.from - a.from);
  const made = edits.reduce(
    (text, { from, to, text: next }) => `${text.slice(0, from)}${next}${text.slice(to)}`,
    content,
  );
  return readRoot(made) === null ? content : made;
}

function readRoot(content: string): YAMLMap<ParsedNode, ParsedNode | null> | null {
  try {
    const options = { lineCounter: new LineCounter(), prettyErrors: false };
    const [document, another] = readYamlDocuments(content, options) ?? [];
    if (!document || another || document.errors.length > 0) return null;
    const root = document.contents;
    return isMap(root) && root.flow !== true
      ? (root as YAMLMap<ParsedNode, ParsedNode | null>)
      : null;
  } catch {
    return null;
  }
}

function rename(fields: ReadonlyMap<string, Field>, old: string, name: string): readonly Edit[] {
  const field = fields.get(old);
  if (!field || fields.has(name)) return [];
  const [from = 0, to = 0] = field.key.range ?? [];
  return [{ from, to, text: name }];
}

/** The key becomes `patches`, or goes where one stands right above; file names become `path:` entries. */
function movePatches(content: string, fields: ReadonlyMap<string, Field>): readonly Edit[] {
  const names = [...fields.keys()];
  const old = patching.flatMap((name) => fields.get(name) ?? []);
  if (old.length === 0 || !old.every((field) => isBlockOf(field, content))) return [];
  const first = old.map((field) => names.indexOf(String(field.key)));
  const together = ['patches', ...patching]
    .filter((name) => fields.has(name))
    .map((name) => names.indexOf(name));
  const [low, high] = [Math.min(...together), Math.max(...together)];
  // Fields that are parted by others, or lists that are indented differently, cannot be joined in place.
  if (high - low !== together.length - 1 || first.length === 0) return [];
  const all = names.slice(low, high + 1).flatMap((name) => fields.get(name) ?? []);
  if (!all.every((field) => isBlockOf(field, content))) return [];
  if (new Set(all.map((field) => columnOf(field, content))).size > 1) return [];
  return all.flatMap((field, index) => [
    ...(index === 0 ? renameKey(field) : dropKey(field, content)),
    ...(String(field.key) === 'patchesStrategicMerge' ? toPaths(field) : []),
  ]);
}

function renameKey({ key }: Field): readonly Edit[] {
  const [from = 0, to = 0] = key.range ?? [];
  return [{ from, to, text: 'patches' }];
}

/** Takes the line of a key away; a comment on it stays on a line of its own. */
function dropKey({ key }: Field, content: string): readonly Edit[] {
  const [from = 0] = key.range ?? [];
  const end = content.indexOf('\n', from) + 1;
  const rest = content.slice(from, end);
  const comment = rest.indexOf('#');
  return [{ from, to: end, text: comment < 0 ? '' : rest.slice(comment) }];
}

/** A block list, whose key ends its line. */
function isBlockOf({ key, value }: Field, content: string): boolean {
  if (!isSeq(value) || value.flow === true || value.items.length === 0) return false;
  const [, to = 0] = key.range ?? [];
  return /^[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n/.test(content.slice(to));
}

function columnOf({ value }: Field, content: string): number {
  const from = value?.range?.[0] ?? 0;
  return from - content.lastIndexOf('\n', from - 1) - 1;
}

function toPaths({ value }: Field): readonly Edit[] {
  if (!isSeq(value)) return [];
  return value.items.flatMap((item): readonly Edit[] => {
    const [from = 0] = (item as ParsedNode).range ?? [];
    const isText = isScalar(item) && String(item.value).includes('\n');
    return [{ from, to: from, text: isText ? 'patch: ' : 'path: ' }];
  });
}

/** `commonLabels` become a first entry of `labels` that sets selectors too. */
function moveLabels(content: string, fields: ReadonlyMap<string, Field>): readonly Edit[] {
  const field = fields.get('commonLabels');
  if (!field || fields.has('labels') || !isMap(field.value) || field.value.flow === true) return [];
  const [from = 0, keyEnd = 0] = field.key.range ?? [];
  const start = content.indexOf('\n', keyEnd) + 1;
  const [first = 0, end = 0] = field.value.range ?? [];
  if (start === 0 || start > first) return [];
  const line = content.slice(keyEnd, start).includes('\r') ? '\r\n' : '\n';
  const indented = content.slice(start, end).replace(/^(?=[^\r\n])/gm, '    ');
  return [
    { from, to: keyEnd, text: 'labels' },
    { from: start, to: end, text: `- includeSelectors: true${line}  pairs:${line}${indented}` },
  ];
}
