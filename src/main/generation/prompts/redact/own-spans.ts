import { certainSecrets, judgeSecret } from '../../validation/secrets.ts';
import type { Span } from './span.ts';

/** How values are written: `code` quotes them, `data` (settings, manifests, scripts) need not. */
export type Writing = 'code' | 'data';

/** A whole private key, up to its end or that of the text. Its line breaks may be written as `\n`. */
const privateKey =
  /-----BEGIN (?:[A-Z]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)/g;
const jsonWebToken = /\beyJ[\w-]{10,2000}\.[\w-]{10,8000}(?:\.[\w-]{0,2000})?/g;
/** The password in an address; a reference to a variable is none. */
const password = /:\/\/[^\s/:@"']{0,200}:([^\s/@$"']{1,400})@/g;
const quoted =
  /(?<![\w.-])([\w.-]{1,100})["'`\]]{0,2}\s{0,8}(?:=>|:=|[:=,]|:\s{0,4}[\w.<>[\]|]{1,60}\s{0,4}=)\s{0,8}["'`]([^"'`\n]{1,4096})["'`]/g;
const bare = /(?<![\w.-])([\w.-]{1,100})["']?[ \t]{0,8}[:=][ \t]{0,8}([^\s"',;{}[\]()]{1,4096})/g;
/** The old form of a Dockerfile's variables, without an equals sign. */
const spaced =
  /^[ \t]{0,40}(?:ENV|ARG)[ \t]{1,8}([\w.-]{1,100})[ \t]{1,8}["']?([^\s"']{1,4096})/gim;
/** Kubernetes writes a variable's name and value on two lines. */
const twoLines =
  /^[ \t]{0,80}-?[ \t]{0,8}name:[ \t]{0,8}["']?([\w.-]{1,100})["']?[ \t]{0,8}\n[ \t]{0,80}value:[ \t]{0,8}["']?([^\s"']{1,4096})/gm;
const bearer = /\b(?:bearer|basic)[ \t]{1,4}([A-Za-z0-9+/_.=-]{16,4096})/gi;
/** Long words of letters and digits mixed: keys look so. Digests, which name images, do too. */
const longWord = /(?<!sha256:|sha384-|sha512-)(?<![\w+/=-])[A-Za-z0-9+/_=-]{32,4096}(?![\w+/=-])/g;

/** Of a package that is called after secrets. */
const version = /^[~^<>=v ]{0,4}\d{1,4}(?:\.\d{1,4}){1,3}$/;

/** The private keys of a text, to be looked for in all of it: they are long. */
export function privateKeys(text: string): readonly Span[] {
  return Array.from(text.matchAll(privateKey), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    what: 'a private key',
  }));
}

/** What our own rules take for a secret: by its form, or by the name that it is given. */
export function ownSpans(text: string, writing: Writing): readonly Span[] {
  const spans: Span[] = [];
  const whole = (pattern: RegExp, what: string): void => {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      spans.push({ start: index, end: index + found.length, what });
    }
  };
  whole(certainSecrets, 'a key of a well-known form');
  whole(jsonWebToken, 'a signed token');
  const last = (pattern: RegExp, what: string): void => {
    for (const match of text.matchAll(pattern)) spans.push(lastGroup(match, what));
  };
  last(password, 'a password in an address');
  last(bearer, 'a token of a request');
  const patterns = writing === 'code' ? [quoted] : [quoted, bare, spaced, twoLines];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [, name = '', value = ''] = match;
      // `${NAME:?}` refers to a variable and demands it.
      const refers = text[match.index - 1] === '{' && value.startsWith('?');
      if (
        refers ||
        isProse(text, match) ||
        version.test(value) ||
        judgeSecret(name, value) === null
      )
        continue;
      spans.push(lastGroup(match, `a value of ${name.slice(-60)}`));
    }
  }
  for (const { 0: word, index } of text.matchAll(longWord)) {
    if (!looksRandom(word)) continue;
    spans.push({ start: index, end: index + word.length, what: 'a long word like a key' });
  }
  return spans;
}

/** In a comment, a word of a sentence: `# No password: the source reads none`. */
function isProse(text: string, { index, 0: found, 2: value = '' }: RegExpExecArray): boolean {
  if (
    !/^[a-z]{1,12}$/.test(value) ||
    !/^ [a-z]/.test(text.slice(index + found.length, index + found.length + 2))
  )
    return false;
  const lineStart = text.lastIndexOf('\n', index) + 1;
  return /^\s*(?:#|\/\/)/.test(text.slice(lineStart, lineStart + 200));
}

/** The place of the last group: it ends where the match does, but for a quote or an `@`. */
function lastGroup(match: RegExpExecArray, what: string): Span {
  const value = match.at(-1) ?? '';
  const start = match.index + match[0].lastIndexOf(value);
  return { start, end: start + value.length, what };
}

function looksRandom(word: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(word)).length;
  // Paths and long names have separators every few letters.
  return (kinds === 3 || /^[0-9a-f]+$/i.test(word)) && !/[/_-]?[a-z]{8,}[/_-]/i.test(word);
}
