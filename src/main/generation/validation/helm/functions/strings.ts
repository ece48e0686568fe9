import { FunctionError } from '../go-template/function-error.ts';
import { goQuote, text } from '../go-template/print.ts';
import type { Method, Value } from '../go-template/values.ts';
import { fn } from './signature.ts';

/** A value as sprig's `toString` makes it. */
export const strval = (value: Value): string => text(value);

/** Sprig's text functions. */
export const strings: Readonly<Record<string, Method>> = {
  hello: fn('', () => 'Hello!'),
  abbrev: fn('is', (width, s) => abbreviate(s, 0, width)),
  abbrevboth: fn('iis', (left, width, s) => abbreviate(s, left, width)),
  trunc: fn('is', (n, s) => truncate(n, s)),
  trim: fn('s', (s) => trimSpace(s)),
  upper: fn('s', (s) => s.toUpperCase()),
  lower: fn('s', (s) => s.toLowerCase()),
  title: fn('s', (s) =>
    s.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, a, b) => a + b.toUpperCase()),
  ),
  untitle: fn('s', (s) => s.replace(/(^|\s)(\S)/g, (_, a, b) => a + b.toLowerCase())),
  substr: fn('iis', (start, end, s) => {
    const bytes = Buffer.from(s);
    if (start < 0) return bytes.subarray(0, Math.max(0, end)).toString();
    return bytes.subarray(start, end < 0 || end > bytes.length ? bytes.length : end).toString();
  }),
  repeat: fn('is', (n, s) => {
    if (n < 0 || n * s.length > 5_000_000) throw new FunctionError(`cannot repeat ${n} times.`);
    return s.repeat(n);
  }),
  trimall: fn('ss', (cut, s) => trimSet(s, cut)),
  trimAll: fn('ss', (cut, s) => trimSet(s, cut)),
  trimSuffix: fn('ss', (end, s) => (end !== '' && s.endsWith(end) ? s.slice(0, -end.length) : s)),
  trimPrefix: fn('ss', (start, s) => (s.startsWith(start) ? s.slice(start.length) : s)),
  nospace: fn('s', (s) => s.replace(/\s+/g, '')),
  initials: fn('s', (s) =>
    s
      .split(/\s+/)
      .map((word) => [...word][0] ?? '')
      .join(''),
  ),
  swapcase: fn('s', (s) =>
    s.replace(/\p{L}/gu, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())),
  ),
  shuffle: fn('s', (s) => s),
  snakecase: fn('s', (s) => words(s).join('_')),
  kebabcase: fn('s', (s) => words(s).join('-')),
  camelcase: fn('s', (s) =>
    s
      .split(/[_\s-]+/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
  ),
  wrap: fn('is', (width, s) => wrapped(s, width, '\n', false)),
  wrapWith: fn('iss', (width, end, s) => wrapped(s, width, end, true)),
  contains: fn('ss', (part, s) => s.includes(part)),
  hasPrefix: fn('ss', (part, s) => s.startsWith(part)),
  hasSuffix: fn('ss', (part, s) => s.endsWith(part)),
  quote: fn('a*', (...values) =>
    values
      .filter((v) => v !== null)
      .map((v) => goQuote(strval(v)))
      .join(' '),
  ),
  squote: fn('a*', (...values) =>
    values
      .filter((v) => v !== null)
      .map((v) => `'${strval(v)}'`)
      .join(' '),
  ),
  cat: fn('a*', (...values) =>
    values
      .filter((v) => v !== null)
      .map(strval)
      .join(' '),
  ),
  indent: fn('is', (n, s) => indent(n, s)),
  nindent: fn('is', (n, s) => `\n${indent(n, s)}`),
  replace: fn('sss', (old, now, s) => s.split(old).join(now)),
  plural: fn('ssi', (one, many, n) => (n === 1 ? one : many)),
  toString: fn('a', strval),
  toStrings: fn('a', (value) => stringsOf(value)),
  join: fn('sa', (separator, value) => stringsOf(value).join(separator)),
  sortAlpha: fn('a', (value) =>
    (Array.isArray(value) ? stringsOf(value) : [strval(value)]).sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    ),
  ),
  split: fn('ss', (separator, s) => asMap(s.split(separator))),
  splitn: fn('sis', (separator, n, s) => asMap(splitAtMost(s, separator, n))),
  splitList: fn('ss', (separator, s) => s.split(separator)),
  base: fn('s', (s) => (s === '' ? '.' : (s.replace(/\/+$/, '').split('/').at(-1) ?? '') || '/')),
  dir: fn('s', (s) => cleanPath(s.slice(0, s.lastIndexOf('/') + 1))),
  clean: fn('s', cleanPath),
  ext: fn('s', (s) => /\.[^./]*$/.exec(s)?.[0] ?? ''),
  isAbs: fn('s', (s) => s.startsWith('/')),
};

function stringsOf(value: Value): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(strval);
  return [strval(value)];
}

function asMap(parts: readonly string[]): Map<string, Value> {
  return new Map(parts.map((part, index) => [`_${index}`, part]));
}

function splitAtMost(s: string, separator: string, n: number): readonly string[] {
  const parts = s.split(separator);
  if (n < 0 || parts.length <= n) return parts;
  return n === 0 ? [] : [...parts.slice(0, n - 1), parts.slice(n - 1).join(separator)];
}

function indent(n: number, s: string): string {
  if (n < 0 || n > 1_000) throw new FunctionError(`cannot indent by ${n}.`);
  const pad = ' '.repeat(n);
  return pad + s.replaceAll('\n', `\n${pad}`);
}

function truncate(n: number, s: string): string {
  const bytes = Buffer.from(s);
  if (n < 0 && bytes.length + n > 0) return bytes.subarray(bytes.length + n).toString();
  return n >= 0 && bytes.length > n ? bytes.subarray(0, n).toString() : s;
}

/** strings.TrimSpace. */
export function trimSpace(s: string): string {
  return s.replace(/^[\s\u0085]+/, '').replace(/(?<![\s\u0085])[\s\u0085]+$/, '');
}

function trimSet(s: string, cut: string): string {
  const set = new Set(cut);
  const chars = [...s];
  let [from, to] = [0, chars.length];
  while (from < to && set.has(chars[from] as string)) from += 1;
  while (to > from && set.has(chars[to - 1] as string)) to -= 1;
  return chars.slice(from, to).join('');
}

function abbreviate(s: string, left: number, width: number): string {
  if (width < 4 || (left > 0 && width < 7) || s.length <= width) return s;
  if (left <= 4) return `${s.slice(0, width - 3)}...`;
  const from = Math.min(left, s.length - (width - 3));
  return from + width - 3 < s.length
    ? `...${abbreviate(s.slice(from), 0, width - 3)}`
    : `...${s.slice(s.length - (width - 3))}`;
}

function words(s: string): readonly string[] {
  return s
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function wrapped(s: string, width: number, end: string, cuts: boolean): string {
  const size = Math.max(1, width);
  const lines: string[] = [];
  let rest = s;
  while (rest.length > size) {
    const blank = rest.lastIndexOf(' ', size);
    const next = blank > 0 ? blank : cuts ? size : rest.indexOf(' ', size);
    if (next < 0) break;
    lines.push(rest.slice(0, next));
    rest = rest.slice(next).replace(/^ +/, '');
  }
  return [...lines, rest].join(end);
}

/** path.Clean. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push(part);
  }
  return `${rooted ? '/' : ''}${kept.join('/')}` || '.';
}
