import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import { lineEndOf, lineStart, nextLine, type TextEdit } from '../text-edits.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

/** A field of a kustomization with its nodes. */
export type Field = Pair<ParsedNode, ParsedNode | null>;
/** A kustomization's text with its fields, in the order of the file. */
export type Kustomization = {
  readonly file: YamlFile;
  readonly text: string;
  readonly fields: ReadonlyMap<string, Field>;
};

/** The fields of a kustomization; null where it is no block mapping of one document. */
export function fieldsOf(file: YamlFile): Kustomization | null {
  const root = file.documents[0]?.node.contents;
  if (file.documents.length !== 1 || !isMap(root) || root.flow === true) return null;
  const pairs = (root as YAMLMap<ParsedNode, ParsedNode | null>).items;
  const fields = new Map(
    pairs.flatMap((pair): readonly [string, Field][] =>
      isScalar(pair.key) ? [[String(pair.key.value), pair]] : [],
    ),
  );
  return { file, text: file.text, fields };
}

/** Gives a field another name. */
export function renameKey({ key }: Field, name: string): TextEdit {
  const [start = 0, end = 0] = key.range ?? [];
  return { start, end, text: name };
}

/** A block list, whose key ends its line. */
export function isBlockOf({ key, value }: Field, text: string): boolean {
  if (!isSeq(value) || value.flow === true || value.items.length === 0) return false;
  const [, to = 0] = key.range ?? [];
  return /^[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n/.test(text.slice(to));
}

/** The column of a field's value. */
export function columnOf({ value }: Field, text: string): number {
  const from = value?.range?.[0] ?? 0;
  return from - lineStart(text, from);
}

/** Where the lines below a field's key begin and end. */
export function bodyOf({ key, value }: Field, text: string): readonly [number, number] {
  const start = nextLine(text, key.range?.[1] ?? 0);
  const last = isSeq(value) || isMap(value) ? value.items.at(-1) : value;
  const node = last && 'key' in last ? (last.value ?? last.key) : last;
  const end = (node as ParsedNode | null)?.range?.[1] ?? start;
  return [start, text[end - 1] === '\n' ? end : nextLine(text, end)];
}

/** `commonLabels` become a first entry of `labels` that sets selectors too. */
export function moveLabels({ file, text, fields }: Kustomization): readonly TextEdit[] {
  const field = fields.get('commonLabels');
  if (!field || fields.has('labels') || !isMap(field.value) || field.value.anchor) return [];
  if (field.value.items.length === 0) return [];
  const { listStep, step } = file;
  const line = lineEndOf(text);
  const [pad, inner] = [' '.repeat(listStep), ' '.repeat(listStep + 2)];
  const [first = 0, end = 0] = field.value.range ?? [];
  const [, keyEnd = 0] = field.key.range ?? [];
  const head = `${pad}- includeSelectors: true${line}${inner}pairs:`;
  if (field.value.flow === true) {
    if (text.slice(keyEnd, first).trim() !== ':') return [];
    const opening = { start: keyEnd, end: first, text: `:${line}${head} ` };
    return [renameKey(field, 'labels'), opening];
  }
  const start = nextLine(text, keyEnd);
  const shift = listStep + 2 + step - (first - lineStart(text, first));
  if (start > first || shift < 0) return [];
  const moved = text.slice(start, end).replace(/^(?=[^\r\n])/gm, ' '.repeat(shift));
  return [renameKey(field, 'labels'), { start, end, text: `${head}${line}${moved}` }];
}

/** `env: FILE` of generators becomes `envs: [FILE]`. */
export function listEnvs({ text, fields }: Kustomization): readonly TextEdit[] {
  const generators = ['configMapGenerator', 'secretGenerator'].flatMap((name) => {
    const list = fields.get(name)?.value;
    return isSeq(list) ? list.items : [];
  });
  return generators.flatMap((one): readonly TextEdit[] => {
    if (!isMap(one)) return [];
    const pairs = one.items as Field[];
    const env = pairs.find(({ key }) => isScalar(key) && key.value === 'env');
    if (!env || pairs.some(({ key }) => isScalar(key) && key.value === 'envs')) return [];
    const [start, end] = env.value?.range ?? [];
    if (!isScalar(env.value) || start === undefined || end === undefined || start === end)
      return [];
    const written = text.slice(start, end);
    if (/[\n,[\]{}]/.test(written) || env.value.anchor) return [];
    return [renameKey(env, 'envs'), { start, end, text: `[${written}]` }];
  });
}
