import { LineCounter, type ScalarTag, type Tags } from 'yaml';
import { readYamlDocuments } from '../../../read-yaml.ts';
import { tooDeep } from '../../yaml/nesting.ts';
import { FunctionError } from '../go-template/function-error.ts';
import { floatText } from '../go-template/print.ts';
import { GoObject, type Value } from '../go-template/values.ts';
import { naturalOrder } from './natural-order.ts';
import { isText, scalarStyle } from './yaml-scalars.ts';

const maxLength = 1_000_000;

/** Words and numbers as YAML 1.1 has them in Go's library, which knows no times of sixty parts. */
const unwanted = /(?:timestamp|binary|omap|pairs|set)$/;
const goTags = (tags: Tags): Tags =>
  tags.filter(
    (tag) =>
      typeof tag === 'string' || (!unwanted.test(tag.tag) && (tag as ScalarTag).format !== 'TIME'),
  );

/** The value of a YAML text as Go's library reads it. @throws FunctionError where it cannot be read. */
export function readYaml(text: string): unknown {
  if (text.length > maxLength || tooDeep(text) !== null)
    throw new FunctionError('the YAML is too large or nests too deep.');
  const documents = readYamlDocuments(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: true,
    customTags: goTags,
    prettyErrors: false,
    lineCounter: new LineCounter(),
  });
  if (documents === null)
    throw new FunctionError('the YAML holds more than can be read in a moment.');
  const [document] = documents;
  if (!document) return null;
  const [error] = document.errors;
  if (error) throw new FunctionError(`error converting YAML to JSON: ${error.message}`);
  try {
    return document.toJS({ maxAliasCount: 1_000 });
  } catch (cause) {
    throw new FunctionError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** A value as Helm's `toYaml` writes it: sigs.k8s.io/yaml without the last line end. */
export function writeYaml(value: Value): string {
  return block(value, '', false).replace(/\n$/, '');
}

/** The text of a node that begins on the line it stands on, with its line end. */
function block(value: Value, pad: string, isKey: boolean): string {
  const held = value instanceof GoObject && value.text === null ? new Map(value.fields) : value;
  if (Array.isArray(held) && held.length > 0) {
    const items = held.map((item) => `${pad}- ${inList(item, `${pad}  `)}`);
    return `${isKey ? '\n' : ''}${items.join('')}`;
  }
  if (held instanceof Map && held.size > 0) {
    const keys = [...held.keys()].sort(naturalOrder);
    const pairs = keys.map(
      (key) => `${pad}${keyText(key)}:${afterKey(held.get(key) ?? null, pad)}`,
    );
    return `${isKey ? '\n' : ''}${pairs.join('')}`;
  }
  return `${isKey ? ' ' : ''}${scalar(held, pad)}\n`;
}

function afterKey(value: Value, pad: string): string {
  // Go's library sets the dashes of a list under its key.
  return block(value, Array.isArray(value) ? pad : `${pad}  `, true);
}

function inList(value: Value, pad: string): string {
  return block(value, pad, false).replace(pad, (found) => (isBlock(value) ? '' : found));
}

function isBlock(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return (
    (value instanceof Map && value.size > 0) || (value instanceof GoObject && value.text === null)
  );
}

function keyText(key: string): string {
  return isText(key) && !key.includes('\n') ? scalarStyle(key, '', true) : JSON.stringify(key);
}

function scalar(value: Value, pad: string): string {
  if (typeof value === 'string') return scalarStyle(value, pad, false);
  if (Array.isArray(value)) return '[]';
  if (value instanceof Map) return '{}';
  if (value instanceof GoObject) return scalarStyle(value.text ?? '', pad, false);
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new FunctionError('cannot write a number that is not finite.');
    return Number.isInteger(value) && Math.abs(value) < 1e21
      ? BigInt(value).toString()
      : floatText(value);
  }
  return value === null || typeof value === 'function' ? 'null' : String(value);
}
