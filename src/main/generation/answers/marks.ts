import { closePattern, openPattern } from './block-format.ts';

/** What a line of an answer is: the mark of a block, or text. `tagged` marks are those that were asked for. */
export type Mark =
  | { readonly type: 'open'; readonly path: string; readonly tagged: boolean }
  | { readonly type: 'close'; readonly tagged: boolean };

/** Longest line that can be a mark, in characters. */
const maxMark = 1_400;
/** As models write such blocks by themselves: `===FILE path===`, `--- FILE: path ---`. Every run is bounded, so that no line is slow. */
const looseOpen =
  /^(?:={3,9}|-{3,9}) ?FILE:?[ \t]{1,9}(\S(?:.*?\S)?)(?:[ \t]{1,9}[0-9a-f]{12})?[ \t]{0,9}(?:={3,9}|-{3,9})$/i;
const looseClose = /^(?:={3,9}|-{3,9}) ?END(?:[ \t:].*)?(?:={3,9}|-{3,9})$/i;

/** The mark that a line is; null for text. */
export function readMark(line: string, tag: string): Mark | null {
  if (line.length > maxMark || !/[=-]{3}/.test(line)) return null;
  const text = undecorated(line);
  const [, path, opened] = openPattern.exec(text) ?? [];
  if (path !== undefined && opened === tag) return { type: 'open', path, tagged: true };
  if (closePattern.exec(text)?.[1] === tag) return { type: 'close', tagged: true };
  const loose = looseOpen.exec(text)?.[1];
  if (loose !== undefined) return { type: 'open', path: loose, tagged: false };
  return looseClose.test(text) ? { type: 'close', tagged: false } : null;
}

/** Without what Markdown puts around a line. */
function undecorated(line: string): string {
  const decoration = ' \t\r#*`>';
  let [start, end] = [0, line.length];
  while (start < end && decoration.includes(line.charAt(start))) start += 1;
  while (end > start && decoration.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

/** A path as a model may dress it: in quotes, with `./` before it. */
export function plainPath(path: string): string {
  return path.replace(/^["'`*]+|["'`*]+$/g, '').replace(/^(?:\.\/)+/, '');
}

const fence = /^\s{0,3}(```|~~~)\s*[\w.+-]*\s*$/;

/** The mark of a Markdown fence that a line is, without its language; null for other lines. */
export function fenceOf(line: string): string | null {
  return fence.exec(line.slice(0, 200))?.[1] ?? null;
}
