import { closePattern, openPattern } from './block-format.ts';

/** What a line of an answer is: the mark of a block, or text. `tagged` marks are those that were asked for. */
export type Mark =
  | { readonly type: 'open'; readonly path: string; readonly tagged: boolean }
  | { readonly type: 'close'; readonly tagged: boolean };

/** Longest line that can be a mark, in characters. */
const maxMark = 1_400;
/** As models write such blocks by themselves: `===FILE path===`, `--- FILE: path ---`. */
const looseOpen =
  /^(?:={3,}|-{3,}) ?FILE:?[ \t]+(\S(?:.*?\S)?)(?:[ \t]+[0-9a-f]{12})?[ \t]*(?:={3,}|-{3,})$/i;
const looseClose = /^(?:={3,}|-{3,}) ?END(?:[ \t:].*?)?[ \t]*(?:={3,}|-{3,})$/i;
const decoration = /^[\s#*`>]+|[\s*`]+$/g;

/** The mark that a line is; null for text. */
export function readMark(line: string, tag: string): Mark | null {
  if (line.length > maxMark || !/[=-]{3}/.test(line)) return null;
  const text = line.replace(decoration, '');
  const [, path, opened] = openPattern.exec(text) ?? [];
  if (path !== undefined && opened === tag) return { type: 'open', path, tagged: true };
  if (closePattern.exec(text)?.[1] === tag) return { type: 'close', tagged: true };
  const loose = looseOpen.exec(text)?.[1];
  if (loose !== undefined) return { type: 'open', path: loose, tagged: false };
  return looseClose.test(text) ? { type: 'close', tagged: false } : null;
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
