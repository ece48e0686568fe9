import { judgeSecret } from '../validation/secrets.ts';

/** A line of a file after an edit; `isNew` where the edit wrote it. */
export type WrittenLine = { readonly text: string; readonly isNew: boolean };

const pair = /([\w.-]{1,100})["']?\s*[:=]\s*["']?([^\s"',]{1,4096})/g;
/** The old form of a Dockerfile's variables, without an equals sign. */
const spaced = /^\s*(?:ENV|ARG)\s+([\w.-]{1,100})\s+["']?([^\s"']{1,4096})/i;
const yamlName = /^\s*-?\s*name:\s*["']?([\w.-]+)/;
const yamlValue = /^\s*-?\s*value:\s*["']?([^\s"']+)/;
/** User and password in an address; a reference to a variable is none. */
const password = /:\/\/[^\s/:@]*:([^\s/@$]+)@/;
const jsonWebToken = /\beyJ[\w-]{10,}\.[\w-]{10,}/;
/** Long words of letters and digits mixed: keys look so. Digests, which name images, do too. */
const longWord = /(?<!sha256:|sha384-|sha512-)(?<![\w+/=-])[A-Za-z0-9+/_=-]{32,}(?![\w+/=-])/g;

/**
 * Where an edit writes what may be a secret: the 1-based place among the lines, and why; null where
 * nothing looks like one. Rather refuses an edit too many than keep a secret.
 */
export function secretIn(
  lines: readonly WrittenLine[],
): { readonly at: number; readonly why: string } | null {
  for (const [index, { text, isNew }] of lines.entries()) {
    const before = lines[index - 1];
    if (!isNew && !before?.isNew) continue;
    const why = (isNew ? ofLine(text) : null) ?? (before ? ofTwo(before.text, text) : null);
    if (why !== null) return { at: index + 1, why };
  }
  return null;
}

function ofLine(line: string): string | null {
  if (judgeSecret('', line) === 'certain') return 'a key of a well-known form';
  if (jsonWebToken.test(line)) return 'a signed token';
  if (password.test(line)) return 'an address with a password';
  const old = spaced.exec(line);
  const pairs = [...line.matchAll(pair), ...(old ? [old] : [])];
  for (const [, name = '', value = ''] of pairs) {
    if (judgeSecret(name, value) !== null) return `a value of ${name}`;
  }
  for (const [word] of line.matchAll(longWord)) {
    if (looksRandom(word)) return 'a long word that looks like a key';
  }
  return null;
}

/** Kubernetes writes a variable's name and value on two lines. */
function ofTwo(first: string, second: string): string | null {
  const name = yamlName.exec(first)?.[1];
  const value = yamlValue.exec(second)?.[1];
  if (!name || !value || judgeSecret(name, value) === null) return null;
  return `a value of ${name}`;
}

function looksRandom(word: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(word)).length;
  const isHex = /^[0-9a-f]+$/i.test(word);
  // Paths and long names have separators every few letters.
  return (kinds === 3 || isHex) && !/[/_-]?[a-z]{8,}[/_-]/i.test(word);
}
