import { createHash } from 'node:crypto';
import { floatText, plainFloat } from '../go-template/print.ts';
import { GoObject, type Method, sortedKeys, type Value } from '../go-template/values.ts';
import { readYaml, writeYaml } from './go-yaml.ts';
import { fn } from './signature.ts';

const sha = (algorithm: string): Method =>
  fn('s', (s) => createHash(algorithm).update(s).digest('hex'));

/** Encodings and hashes of sprig, YAML and JSON of Helm. What cannot be read gives `Error`, as Helm has it. */
export const encoding: Readonly<Record<string, Method>> = {
  b64enc: fn('s', (s) => Buffer.from(s).toString('base64')),
  b64dec: fn('s', (s) =>
    /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(s)
      ? Buffer.from(s, 'base64').toString()
      : 'illegal base64 data',
  ),
  b32enc: fn('s', (s) => base32(s)),
  b32dec: fn('s', (s) => s),
  sha1sum: sha('sha1'),
  sha256sum: sha('sha256'),
  sha512sum: sha('sha512'),
  adler32sum: fn('s', adler32),
  toJson: fn('a', (value) => json(value, true)),
  mustToJson: fn('a', (value) => json(value, true)),
  toRawJson: fn('a', (value) => json(value, false)),
  mustToRawJson: fn('a', (value) => json(value, false)),
  toPrettyJson: fn('a', (value) => json(value, true, '')),
  mustToPrettyJson: fn('a', (value) => json(value, true, '')),
  fromJson: fn('s', (s) => orError(s, JSON.parse, true)),
  mustFromJson: fn('s', (s) => orError(s, JSON.parse, false)),
  fromJsonArray: fn('s', (s) => asList(orError(s, JSON.parse, false))),
  toYaml: fn('a', writeYaml),
  mustToYaml: fn('a', writeYaml),
  toYamlPretty: fn('a', writeYaml),
  fromYaml: fn('s', (s) => orError(s, readYaml, true)),
  fromYamlArray: fn('s', (s) => asList(orError(s, readYaml, false))),
  toToml: fn('a', (value) => json(value, false)),
  mustToToml: fn('a', (value) => json(value, false)),
  fromToml: fn('s', () => new Map()),
};

function orError(text: string, read: (text: string) => unknown, isMap: boolean): Value {
  try {
    const value = fromParsed(read(text));
    if (!isMap || value instanceof Map) return value;
    return value === null ? new Map() : new Map([['Error', 'the text is no mapping']]);
  } catch (error) {
    return new Map([['Error', error instanceof Error ? error.message : String(error)]]);
  }
}

function fromParsed(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromParsed);
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, fromParsed(v)]));
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, held]) => [key, fromParsed(held)]));
  return (value ?? null) as Value;
}

function asList(value: Value): Value {
  return Array.isArray(value) ? value : value instanceof Map ? [value.get('Error') ?? null] : [];
}

/** JSON as Go's encoding/json writes it; `pad` given: indented by two blanks a level. */
function json(value: Value, escapesHtml: boolean, pad: string | null = null): string {
  const deeper = pad === null ? null : `${pad}  `;
  const breaks = deeper === null ? '' : `\n${deeper}`;
  const end = pad === null ? '' : `\n${pad}`;
  if (typeof value === 'string') return jsonText(value, escapesHtml);
  if (typeof value === 'number') return jsonFloat(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${breaks}${value.map((item) => json(item, escapesHtml, deeper)).join(`,${breaks}`)}${end}]`;
  }
  const map = value instanceof GoObject && value.text === null ? value.fields : value;
  if (map instanceof Map) {
    if (map.size === 0) return '{}';
    const colon = pad === null ? ':' : ': ';
    const pairs = sortedKeys(map).map(
      (key) =>
        `${jsonText(key, escapesHtml)}${colon}${json(map.get(key) ?? null, escapesHtml, deeper)}`,
    );
    return `{${breaks}${pairs.join(`,${breaks}`)}${end}}`;
  }
  if (value instanceof GoObject) return jsonText(value.text ?? '', escapesHtml);
  return value === null || typeof value === 'function' ? 'null' : String(value);
}

function jsonText(value: string, escapesHtml: boolean): string {
  const text = JSON.stringify(value).replace(/[\u2028\u2029]/g, escaped);
  return escapesHtml ? text.replace(/[<>&]/g, escaped) : text;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A float64 as encoding/json writes it: an exponent only below 1e-6 and from 1e21 on. */
export function jsonFloat(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-6 && size < 1e21)) return plainFloat(value);
  return floatText(value).replace(/e-0(\d)$/, 'e-$1');
}

function base32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const body = groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
  return body.padEnd(Math.ceil(body.length / 8) * 8, '=');
}

function adler32(text: string): string {
  let [a, b] = [1, 0];
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return String(b * 65_536 + a);
}
