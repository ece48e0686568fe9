import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { mapping } from '../../validation/plain.ts';
import { keyText } from '../../validation/yaml/key-text.ts';
import { applyTextEdits, type TextEdit } from '../text-edits.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';

/** What the exporter's old setting says in the new one's words. */
const verbosity: Readonly<Record<string, string>> = {
  debug: 'detailed',
  info: 'normal',
  warn: 'basic',
  error: 'basic',
};

/**
 * The text with each exporter `logging` called `debug`, as the collector itself asked before it took
 * the old one away (0.111), and its `loglevel` as a `verbosity`; null where that is not safe.
 */
export function renameLogging(file: YamlFile): string | null {
  const root = file.documents[0]?.node.contents;
  if (!isMap(root)) return null;
  const exporters = valueAt(root, 'exporters');
  if (!isMap(exporters)) return null;
  const names = exporters.items.map(({ key }) => keyText(key) ?? '');
  const old = names.filter((name) => /^logging(?:\/|$)/.test(name));
  const renamed = old.map((name) => name.replace('logging', 'debug'));
  if (old.length === 0 || renamed.some((name) => names.includes(name))) return null;
  const edits: TextEdit[] = [];
  for (const { key, value } of exporters.items) {
    if (!old.includes(keyText(key) ?? '')) continue;
    if (!isScalar(key) || !push(edits, key)) return null;
    const level = isMap(value) ? value.items.find((one) => keyText(one.key) === 'loglevel') : null;
    if (level && !pushLevel(edits, level)) return null;
  }
  const pipelines = valueAt(valueAt(root, 'service'), 'pipelines');
  for (const { value } of isMap(pipelines) ? pipelines.items : []) {
    const list = valueAt(value, 'exporters');
    for (const item of isSeq(list) ? list.items : []) {
      if (!isScalar(item) || !old.includes(String(item.value))) continue;
      if (!push(edits, item)) return null;
    }
  }
  const text = applyTextEdits(file.text, edits);
  const after = readYamlFile(text)?.documents[0]?.value;
  return sameButNames(mapping(file.documents[0]?.value), mapping(after)) ? text : null;
}

function valueAt(node: unknown, key: string): unknown {
  return isMap(node)
    ? (node as YAMLMap).items.find((one) => keyText(one.key) === key)?.value
    : null;
}

/** Renames the word at the beginning of a scalar, in its quotes. */
function push(edits: TextEdit[], { range, type }: Scalar): boolean {
  if (!range) return false;
  const start = range[0] + (type === 'PLAIN' ? 0 : 1);
  edits.push({ start, end: start + 'logging'.length, text: 'debug' });
  return true;
}

function pushLevel(edits: TextEdit[], { key, value }: Pair): boolean {
  const said = isScalar(value) ? verbosity[String(value.value).toLowerCase()] : undefined;
  const [start, end] = (key as Scalar).range ?? [];
  const [from, to] = (value as Scalar).range ?? [];
  if (said === undefined || start === undefined || end === undefined) return false;
  if (from === undefined || to === undefined) return false;
  edits.push({ start, end, text: 'verbosity' }, { start: from, end: to, text: said });
  return true;
}

function sameButNames(before: unknown, after: unknown): boolean {
  const plain = (one: unknown): string =>
    JSON.stringify(one)
      .replace(/"(?:logging|debug)((?:\/[^"]*)?)"/g, '"debug$1"')
      .replace(/"(?:loglevel|verbosity)":"\w+"/g, '"verbosity"');
  return plain(before) === plain(after);
}
