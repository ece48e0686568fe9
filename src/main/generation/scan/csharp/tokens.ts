/** One token of C#: a word (names, keywords, numbers), a string's text, or a mark of one character. */
export type Token = {
  readonly kind: 'word' | 'text' | 'mark';
  readonly text: string;
  readonly line: number;
};

/** Tokens of one file that are looked at; what people write by hand has fewer. */
const maxTokens = 50_000;
/** Strings within the holes of strings within holes; nobody nests them deeper. */
const maxHoles = 10;

/**
 * The tokens of a C# source without comments, directives and characters. A string that is put together
 * as it runs (`$"…{x}…"`) is the mark `$`. Linear in the text; what is left open ends with it.
 */
export function csharpTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let counted = 0;
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted += 1) if (source[counted] === '\n') line += 1;
    return line;
  };
  const next = /\/\/|\/\*|[$@]*"|'|[A-Za-z_@][\w]*|\d[\w.]*|^[ \t]*#|\S/gm;
  while (tokens.length < maxTokens) {
    const match = next.exec(source);
    if (match === null) break;
    const [found] = match;
    const at = match.index;
    if (found === '//' || found.endsWith('#')) next.lastIndex = endOf(source, '\n', at);
    else if (found === '/*') next.lastIndex = endOf(source, '*/', at + 2);
    else if (found === "'") next.lastIndex = characterEnd(source, at);
    else if (found.endsWith('"')) {
      const end = stringEnd(source, at, 0);
      const text = found.includes('$') ? null : contents(source.slice(at, end));
      tokens.push({ kind: text === null ? 'mark' : 'text', text: text ?? '$', line: lineAt(at) });
      next.lastIndex = end;
    } else {
      const kind = /^[\w@]/.test(found) ? 'word' : 'mark';
      tokens.push({ kind, text: found.replace(/^@/, ''), line: lineAt(at) });
    }
  }
  return tokens;
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end === -1 ? source.length : end + mark.length;
}

function characterEnd(source: string, start: number): number {
  const end = /^'(?:\\[^\n]|[^\\'\n])[^'\n]{0,8}'/.exec(source.slice(start, start + 12));
  return start + (end?.[0].length ?? 1);
}

/** The offset behind a string that begins here, with its prefix, whatever stands in its holes. */
function stringEnd(source: string, start: number, depth: number): number {
  const prefix = /^[$@]*/.exec(source.slice(start, start + 8))?.[0] ?? '';
  const open = start + prefix.length;
  const quotes = /^"+/.exec(source.slice(open, open + 16))?.[0].length ?? 1;
  if (quotes >= 3) return endOf(source, '"'.repeat(quotes), open + quotes);
  const isVerbatim = prefix.includes('@');
  const hasHoles = prefix.includes('$');
  for (let at = open + 1; at < source.length; at += 1) {
    const character = source[at];
    if (character === '"') {
      if (!isVerbatim || source[at + 1] !== '"') return at + 1;
      at += 1;
    } else if (character === '\\' && !isVerbatim) at += 1;
    else if (character === '\n' && !isVerbatim) return at;
    else if (character === '{' && hasHoles) {
      if (source[at + 1] === '{') at += 1;
      else at = holeEnd(source, at, depth);
    }
  }
  return source.length;
}

/** The offset of the brace that ends a hole. */
function holeEnd(source: string, start: number, depth: number): number {
  let braces = 0;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at];
    if (character === '{') braces += 1;
    else if (character === '}') {
      braces -= 1;
      if (braces === 0) return at;
    } else if (character === '"') {
      if (depth >= maxHoles) return source.length;
      const from = /[$@]{0,3}$/.exec(source.slice(Math.max(0, at - 3), at))?.[0].length ?? 0;
      at = stringEnd(source, at - from, depth + 1) - 1;
    }
  }
  return source.length;
}

/** What a literal holds; escapes of plain strings that names never need stay as they are written. */
function contents(literal: string): string {
  const quotes = /^@?("+)/.exec(literal)?.[1]?.length ?? 1;
  if (quotes >= 3) return literal.slice(quotes, -quotes).trim();
  return literal.startsWith('@')
    ? literal.slice(2, -1).replaceAll('""', '"')
    : literal.slice(1, -1).replace(/\\(["\\])/g, '$1');
}
