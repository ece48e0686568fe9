import { isScalar, isSeq, type ParsedNode } from 'yaml';
import { list, mapping } from '../../validation/plain.ts';
import { nextLine, type TextEdit } from '../text-edits.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { columnOf, type Field, isBlockOf, type Kustomization, renameKey } from './fields.ts';

/** Fields whose entries belong under `patches`, in the order in which kustomize applies all three. */
const order = ['patchesStrategicMerge', 'patches', 'patchesJson6902'];
/** What kustomize does between `patches` and `patchesJson6902`. */
const between = /^(?:namespace|namePrefix|nameSuffix|labels|commonLabels|commonAnnotations)$/;

/** The text of a file that a kustomization names; null where it is not known. */
export type TextOf = (name: string) => string | null;

/** Edits that bring patches under one key, or why that is not done. */
export type MovedPatches = { readonly edits: readonly TextEdit[]; readonly why: string | null };

/** The key becomes `patches`, or goes where one stands right above; file names become `path:` entries. */
export function movePatches(
  { text, fields }: Kustomization,
  value: unknown,
  textOf: TextOf,
): MovedPatches {
  const names = [...fields.keys()];
  const patches = list(mapping(value).patchesJson6902);
  const isLate =
    names.some((name) => between.test(name)) && !patches.every((one) => isApart(one, textOf));
  const late = isLate
    ? 'it is applied after names, namespace and labels, and would be before them'
    : null;
  const movable = isLate ? order.slice(0, 2) : order;
  // A scaffold's list whose items are all commented out holds nothing to move.
  const together = names.filter(
    (name) => movable.includes(name) && list(mapping(value)[name]).length > 0,
  );
  const left = (why: string): MovedPatches => ({ edits: [], why });
  if (together.every((name) => name === 'patches')) return { edits: [], why: late };
  const sorted = [...together].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  if (sorted.some((name, at) => name !== together[at]))
    return left('they would be applied in another order');
  const all = together.flatMap((name) => fields.get(name) ?? []);
  const [only] = all;
  if (only && all.length === 1 && isFlow(only)) return { edits: wrapped(only, text), why: late };
  const [low, high] = [names.indexOf(together[0] ?? ''), names.indexOf(together.at(-1) ?? '')];
  if (high - low !== together.length - 1) return left('other fields stand between them');
  if (!all.every((field) => isBlockOf(field, text)))
    return left('one of the lists is written within brackets');
  if (new Set(all.map((field) => columnOf(field, text))).size > 1)
    return left('their lists are moved in differently');
  const edits = all.flatMap((field, index) => [
    index === 0 ? renameKey(field, 'patches') : dropKey(field, text),
    ...(String(field.key) === 'patchesStrategicMerge' ? toPaths(field, text) : []),
  ]);
  return { edits, why: late };
}

/** Whether a patch touches nothing that names, namespaces and labels touch. */
function isApart(patch: unknown, textOf: TextOf): boolean {
  const { patch: inline, path } = mapping(patch);
  const text = typeof inline === 'string' ? inline : typeof path === 'string' ? textOf(path) : null;
  const steps = text === null ? [] : list(readYamlFile(text)?.documents[0]?.value);
  return (
    steps.length > 0 &&
    steps.every((step) => {
      const { path: at, from = '/spec/' } = mapping(step);
      return [at, from].every(
        (one) =>
          typeof one === 'string' &&
          /^\/(?:spec|data|webhooks|rules)\//.test(one) &&
          !/label|selector|annotation|namespace|metadata/i.test(one),
      );
    })
  );
}

function isFlow({ value }: Field): boolean {
  return isSeq(value) && value.flow === true && value.items.length > 0;
}

/** The same within brackets: `[a.yaml]` becomes `[{path: a.yaml}]`. */
function wrapped(field: Field, text: string): readonly TextEdit[] {
  const rename = renameKey(field, 'patches');
  if (String(field.key) !== 'patchesStrategicMerge' || !isSeq(field.value)) return [rename];
  const items = field.value.items.map((item): TextEdit | null => {
    const [start = 0, end = 0] = (item as ParsedNode).range ?? [];
    const isPath = isScalar(item) && !isText(item.value) && !item.anchor;
    return isPath ? { start, end, text: `{path: ${text.slice(start, end)}}` } : null;
  });
  const known = items.flatMap((one) => one ?? []);
  return known.length === items.length ? [rename, ...known] : [];
}

/** Takes the line of a key away; a comment on it stays on a line of its own. */
function dropKey({ key }: Field, text: string): TextEdit {
  const [start = 0] = key.range ?? [];
  const end = nextLine(text, start);
  const rest = text.slice(start, end);
  const comment = rest.indexOf('#');
  return { start, end, text: comment < 0 ? '' : rest.slice(comment) };
}

function toPaths({ value }: Field, text: string): readonly TextEdit[] {
  if (!isSeq(value)) return [];
  return value.items.flatMap((item): readonly TextEdit[] => {
    const [start = 0, end = 0] = (item as ParsedNode).range ?? [];
    if (!isScalar(item) || !isText(item.value)) return [{ start, end: start, text: 'path: ' }];
    const written = text.slice(start, end);
    const line = written.indexOf('\n') + 1;
    // The text of a patch stands deeper than the key that it gets.
    const moved = written.slice(0, line) + written.slice(line).replace(/^(?=[^\r\n])/gm, '  ');
    return [{ start, end, text: `patch: ${line === 0 ? written : moved}` }];
  });
}

/** Whether an entry is a patch itself and not the name of a file. */
function isText(value: unknown): boolean {
  return /[\n{]/.test(String(value));
}
