import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { keyText } from '../../validation/yaml/key-text.ts';
import { lineEndOf, lineStart, linesAt, nextLine, type TextEdit } from '../text-edits.ts';
import type { YamlChange } from './changes.ts';
import { behind, behindNode, type Found, find, isEmpty, startOf } from './places.ts';
import { blockLines, flow, itemLines, scalar, type YamlValue } from './render.ts';
import { columnOf, type YamlFile } from './yaml-file.ts';

type Placed = TextEdit & { readonly column: number };
/** Keys to be put into one mapping: of the same missing parent, one entry for all. */
type Addition = {
  readonly parent: unknown;
  readonly pair: Pair | null;
  key: string;
  value: YamlValue;
  comment: string | undefined;
  /** The key that it stands before. */
  readonly before: string | undefined;
};

/** The text edits of changes, in order; null where one cannot be made in the text as it is. */
export function textEditsOf(
  file: YamlFile,
  changes: readonly YamlChange[],
): readonly TextEdit[] | null {
  const edits: Placed[] = [];
  const additions: Addition[] = [];
  for (const change of changes) {
    const found = find(file.documents[change.document]?.node.contents, change.path);
    if (found.type === 'shared') return null;
    if (found.type === 'missing') {
      if (change.type === 'remove' || change.type === 'prepend') return null;
      add(additions, found.parent, found.pair, found.rest, change);
      continue;
    }
    const edit = editThere(file, change, found);
    if (edit === null) return null;
    edits.push(edit);
  }
  for (const addition of additions) {
    const edit = insertion(file, addition);
    if (edit === null) return null;
    edits.push(edit);
  }
  // Behind one line the innermost comes first.
  return edits.sort((a, b) => a.start - b.start || b.column - a.column);
}

function add(
  additions: Addition[],
  parent: unknown,
  pair: Pair | null,
  rest: YamlChange['path'],
  change: Exclude<YamlChange, { type: 'remove' | 'prepend' }>,
): void {
  const [key, ...inner] = rest.map(String) as [string, ...string[]];
  const leaf: YamlValue = change.type === 'append' ? [change.value] : change.value;
  const value = inner.reduceRight<YamlValue>((held, name) => ({ [name]: held }), leaf);
  const comment = change.type === 'set' ? change.comment : undefined;
  const before = change.type === 'set' ? change.before : undefined;
  const known = additions.find((one) => one.parent === parent && one.key === key);
  if (!known) additions.push({ parent, pair, key, value, comment, before });
  else known.value = merged(known.value, value);
}

function merged(one: YamlValue, other: YamlValue): YamlValue {
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (typeof one !== 'object' || typeof other !== 'object') return other;
  const result: Record<string, YamlValue> = { ...(one as Record<string, YamlValue>) };
  for (const [key, value] of Object.entries(other as Record<string, YamlValue>)) {
    const there = result[key];
    result[key] = there === undefined ? value : merged(there, value);
  }
  return result;
}

function insertion(file: YamlFile, addition: Addition): Placed | null {
  const { parent, pair, key, value, comment } = addition;
  const { text } = file;
  if (isMap(parent) && parent.flow)
    return { ...intoFlow(file, parent, `${flowKey(parent, key)}: ${flow(value)}`), column: 0 };
  let [at, column]: [number | null, number | null] = [null, null];
  if (isMap(parent) && parent.items.length > 0) {
    const first = startOf(parent.items[0]?.key);
    column = first === null ? null : columnOf(text, first);
    at =
      column === null ? null : (beforeKey(text, parent, addition) ?? behind(text, parent, column));
  } else if (isEmpty(parent) && pair) {
    const start = startOf(pair.key);
    column = start === null ? null : columnOf(text, start) + file.step;
    at = start === null ? null : behindNode(text, pair.key, columnOf(text, start));
  }
  if (at === null || column === null) return null;
  const said = (comment ?? '').split('\n').filter((line) => line !== '');
  const pad = ' '.repeat(column);
  const lines = [...said.map((line) => `${pad}# ${line}`), ...blockLines(file, key, value, column)];
  return { ...linesAt(text, at, lines), column };
}

/** The beginning of the line of the key that an addition stands before; null where it is not at one. */
function beforeKey(text: string, map: YAMLMap, { before }: Addition): number | null {
  if (before === undefined) return null;
  const key = startOf(map.items.find((one) => keyText(one.key) === before)?.key);
  const at = key === null ? null : lineStart(text, key);
  // The first key of a list's item stands behind its dash.
  return at === null || text.slice(at, key ?? at).trim() !== '' ? null : at;
}

function editThere(
  file: YamlFile,
  change: YamlChange,
  { node, pair, inFlow }: Extract<Found, { type: 'there' }>,
): Placed | null {
  if (change.type === 'remove') return pair ? removal(file.text, pair) : null;
  if (change.type === 'prepend') return isSeq(node) ? prepended(file, node, change.value) : null;
  if (change.type === 'append') return isSeq(node) ? appended(file, node, change.value) : null;
  if (pair && typeof change.value === 'object' && !Array.isArray(change.value) && !inFlow)
    return filled(file, pair, change);
  if (!isScalar(node) || isEmpty(node) || typeof change.value === 'object') return null;
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined || node.anchor) return null;
  return { start, end, text: like(node, change.value, inFlow), column: 0 };
}

/** `key: {}` with the lines of a mapping below it; what stands behind it on its line stays. */
function filled(
  { text, ...habits }: YamlFile,
  { key, value: node }: Pair,
  change: Extract<YamlChange, { type: 'set' }>,
): Placed | null {
  const at = startOf(key);
  const [start, end] = (node as YAMLMap).range ?? [];
  if (!isMap(node) || node.items.length > 0 || node.anchor || node.tag) return null;
  if (at === null || start === undefined || end === undefined) return null;
  const head = text.slice(0, start).trimEnd();
  if (/[#\n]/.test(head.slice(at))) return null;
  const column = columnOf(text, at);
  const pad = ' '.repeat(column + habits.step);
  const said = (change.comment ?? '').split('\n').filter((line) => line !== '');
  const [, ...lines] = blockLines(habits, 'key', change.value, column);
  const line = lineEndOf(text);
  const stop = nextLine(text, end);
  const behindIt = text.slice(end, stop).replace(/\r?\n$/, '');
  const all = [behindIt.trimEnd(), ...said.map((one) => `${pad}# ${one}`), ...lines];
  const close = text[stop - 1] === '\n' ? line : '';
  return { start: head.length, end: stop, text: all.join(line) + close, column };
}

/** The new text in the quotes of the old; within braces their signs need quotes. */
function like({ type }: Scalar, value: string | number | boolean, inFlow: boolean): string {
  if (type === 'QUOTE_DOUBLE') return JSON.stringify(String(value));
  if (type === 'QUOTE_SINGLE') return `'${String(value).replaceAll("'", "''")}'`;
  return inFlow && /[,[\]{}]/.test(String(value)) ? JSON.stringify(value) : scalar(value);
}

function appended(file: YamlFile, list: YAMLSeq, value: YamlValue): Placed | null {
  if (list.flow) return { ...intoFlow(file, list, flowItem(list, value)), column: 0 };
  const start = list.range?.[0];
  if (start === undefined || list.items.length === 0) return null;
  const column = columnOf(file.text, start);
  const at = behind(file.text, list, column);
  return at === null
    ? null
    : { ...linesAt(file.text, at, itemLines(file, value, column)), column: column + 1 };
}

/** A word as the first of a list, in the quotes of the one that was. */
function prepended(file: YamlFile, { items, flow: inFlow }: YAMLSeq, value: string): Placed | null {
  const [first] = items;
  const start = startOf(first);
  if (!isScalar(first) || start === null) return null;
  const word = like(first, value, inFlow === true);
  if (inFlow) return { start, end: start, text: `${word}, `, column: 0 };
  const at = lineStart(file.text, start);
  const dash = /^[ \t]*-[ \t]+$/.exec(file.text.slice(at, start))?.[0];
  return dash === undefined ? null : { ...linesAt(file.text, at, [`${dash}${word}`]), column: 0 };
}

/** An item within brackets: a plain word where the one before it is one, else as JSON. */
function flowItem({ items }: YAMLSeq, value: YamlValue): string {
  const last = items.at(-1);
  const isPlain = isScalar(last) && last.type === 'PLAIN' && typeof value === 'string';
  return isPlain && /^[A-Za-z][\w./-]*$/.test(value) ? scalar(value) : flow(value);
}

function intoFlow(file: YamlFile, { range, items }: YAMLMap | YAMLSeq, entry: string): TextEdit {
  const close = (range?.[1] ?? 1) - 1;
  const before = file.text.slice(0, close).trimEnd();
  const comma = items.length === 0 || before.endsWith(',') ? '' : ',';
  const space = items.length === 0 && !/\s$/.test(file.text.slice(0, close)) ? '' : ' ';
  return { start: before.length, end: before.length, text: `${comma}${space}${entry}` };
}

function flowKey(map: YAMLMap, key: string): string {
  const first = map.items[0]?.key;
  return isScalar(first) && first.type === 'QUOTE_DOUBLE' ? JSON.stringify(key) : key;
}

/** The key's line and, at the top of a file, the empty ones behind it; a comment on the line stays. */
function removal(text: string, { key, value }: Pair): Placed | null {
  const start = startOf(key);
  const end = (value as Scalar | null)?.range?.[1];
  if (start === null || end === undefined || text.slice(start, end).includes('\n')) return null;
  const from = lineStart(text, start);
  if (text.slice(from, start).trim() !== '') return null;
  const rest = text.slice(end, nextLine(text, end));
  if (rest.trim() !== '')
    return { start, end: end + (rest.length - rest.trimStart().length), text: '', column: 0 };
  let to = nextLine(text, end);
  const opens = text.slice(0, from).trim() === '' || /\n[ \t]*\r?\n$/.test(text.slice(0, from));
  while (opens && to < text.length && /^[ \t]*\r?\n/.test(text.slice(to, nextLine(text, to))))
    to = nextLine(text, to);
  return { start: from, end: to, text: '', column: 0 };
}
