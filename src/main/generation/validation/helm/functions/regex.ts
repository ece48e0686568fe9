import { FunctionError } from '../go-template/function-error.ts';
import type { Method } from '../go-template/values.ts';
import { fn } from './signature.ts';

/** Longest pattern, and text that one is held against; both come from a chart. */
const maxPattern = 2_000;
const maxText = 200_000;

/** Sprig's regular expressions: Go's syntax, run by the engine here. */
const plain: Readonly<Record<string, Method>> = {
  regexMatch: fn('ss', (pattern, s) => compiled(pattern, s).test(s)),
  regexFind: fn('ss', (pattern, s) => compiled(pattern, s).exec(s)?.[0] ?? ''),
  regexFindAll: fn('ssi', (pattern, s, n) => {
    const all = [...s.matchAll(compiled(pattern, s, 'g'))].map(([whole]) => whole);
    return n < 0 ? all : all.slice(0, n);
  }),
  regexReplaceAll: fn('sss', (pattern, s, now) => {
    const into = now.replace(/\$(?:\{(\w+)\}|(\w+)|\$)/g, (whole, braced, bare) => {
      const name = braced ?? bare;
      if (name === undefined) return '$$';
      return /^\d+$/.test(name) ? `$${name}` : whole.startsWith('$') ? `$<${name}>` : '';
    });
    return s.replace(compiled(pattern, s, 'g'), into);
  }),
  regexReplaceAllLiteral: fn('sss', (pattern, s, now) =>
    s.replace(compiled(pattern, s, 'g'), () => now),
  ),
  regexSplit: fn('ssi', (pattern, s, n) => {
    const parts: string[] = [];
    let at = 0;
    for (const match of s.matchAll(compiled(pattern, s, 'g'))) {
      if (n > 0 && parts.length === n - 1) break;
      if (match[0] === '' && (match.index === 0 || match.index === s.length)) continue;
      parts.push(s.slice(at, match.index));
      at = match.index + match[0].length;
    }
    return n === 0 ? [] : [...parts, s.slice(at)];
  }),
  regexQuoteMeta: fn('s', (s) => s.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};

/** Sprig's regexMatch finds nothing by a pattern that is none; its others fail. */
const matches: Method = (...args) => {
  try {
    return (plain.regexMatch as Method)(...args);
  } catch (error) {
    if (error instanceof FunctionError && error.message.includes('no regular expression'))
      return false;
    throw error;
  }
};

/** {@link plain}, every function also under its `must` name. */
export const regex: Readonly<Record<string, Method>> = Object.fromEntries(
  Object.entries(plain).flatMap(([name, method]) => [
    [name, name === 'regexMatch' ? matches : method],
    [`mustR${name.slice(1)}`, method],
  ]),
);

function compiled(pattern: string, text: string, flags = ''): RegExp {
  if (pattern.length > maxPattern || text.length > maxText)
    throw new FunctionError('the pattern or the text is too long.');
  const [, letters = '', rest = pattern] = /^\(\?([imsU]+)\)(.*)$/s.exec(pattern) ?? [];
  const source = rest
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\[\[:(\w+):\]\]/g, (_, name: string) => `[${classes[name] ?? ''}]`)
    .replace(/\[:(\w+):\]/g, (_, name: string) => classes[name] ?? '');
  try {
    return new RegExp(source, flags + letters.replace('U', ''));
  } catch (cause) {
    throw new FunctionError(
      `${JSON.stringify(pattern.slice(0, 100))} is no regular expression: ${cause instanceof Error ? cause.message : ''}`,
    );
  }
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};
