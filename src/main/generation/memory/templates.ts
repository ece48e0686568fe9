import { isGeneric } from './generic-words.ts';
import type { OwnWords } from './own-words.ts';

/** What stands in a remembered line for what each service has of its own. */
const marks = {
  path: '{{omega.path}}',
  name: '{{omega.name}}',
  port: '{{omega.port}}',
} as const;
const anyMark = /\{\{omega\.(path|name|port)\}\}/g;

/** Whether a text has what the marks look like; such a text cannot be remembered. */
export function hasMarks(text: string): boolean {
  return text.includes('{{omega.');
}

/**
 * A line that an edit found in the file, made general: it only tells where a change belongs, so that
 * a name is replaced wherever it stands, within `orders-tls` too.
 */
export function generalPlace(line: string, { name, path, port }: OwnWords): string {
  let text = line;
  if (path !== null) text = text.replaceAll(bounded(path, '[\\w]', '[\\w]'), marks.path);
  if (name !== null)
    text = text.replaceAll(bounded(name, '[A-Za-z0-9]', '[A-Za-z0-9]'), marks.name);
  if (port !== null) text = text.replaceAll(portPattern(port), marks.port);
  return text;
}

/**
 * A line that an edit wrote, made general, and the own words that it still has. A name is replaced
 * where it stands alone and means nothing else; in `orders-db` or `/var/orders` it is part of another
 * name, which nobody can tell for another service.
 */
export function generalWriting(
  line: string,
  own: OwnWords,
): { readonly text: string; readonly needs: readonly string[] } {
  let text = line;
  if (own.path !== null)
    text = text.replaceAll(bounded(own.path, '[\\w./-]', '[\\w-]'), marks.path);
  if (own.name !== null && !isGeneric(own.name)) {
    text = text.replaceAll(bounded(own.name, '[\\w./-]', '[\\w/-]|\\.\\w'), marks.name);
  }
  if (own.port !== null) text = text.replaceAll(portPattern(own.port), marks.port);
  const rest = text.replaceAll(anyMark, ' ').toLowerCase();
  return { text, needs: own.words.filter((word) => speaksOf(rest, word.toLowerCase())) };
}

/** The line for another service; null where that has nothing to put in a mark's place. */
export function forService(line: string, own: OwnWords): string | null {
  let whole = true;
  const text = line.replaceAll(anyMark, (_, mark: keyof typeof marks) => {
    const word = own[mark];
    if (word === null) whole = false;
    return word ?? '';
  });
  return whole ? text : null;
}

/** Whether lower-case text has the word: a telling one anywhere, a common or short one by itself. */
function speaksOf(text: string, word: string): boolean {
  if (/^\d+$/.test(word)) return new RegExp(`(?<!\\d)${word}(?!\\d)`).test(text);
  if (word.length >= 4 && !isGeneric(word)) return text.includes(word);
  return bounded(word, '[a-z0-9]', '[a-z0-9]').test(text);
}

function portPattern(port: string): RegExp {
  return bounded(port, '[\\w.]', '[\\w.]');
}

function bounded(word: string, before: string, after: string): RegExp {
  const literal = word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return new RegExp(`(?<!${before})${literal}(?!${after})`, 'g');
}
