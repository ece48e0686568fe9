import { sha256 } from '#main/core/hash.ts';

/** A file as a model writes it: a path below the project's root and the whole text. */
export type WrittenFile = { readonly path: string; readonly content: string };

/** Hexadecimal digits of a tag. */
const tagLength = 12;

/** The line that begins a file, and its path and tag. A path has no line breaks and ends with no space. */
export const openPattern = /^===FILE[ \t]{1,9}(\S(?:.*\S)?)[ \t]{1,9}([0-9a-f]{12})[ \t]{0,9}===$/;
/** The line that ends a file, and its tag. */
export const closePattern = /^===END[ \t]{1,9}([0-9a-f]{12})[ \t]{0,9}===$/;

/**
 * What tells the marks of one request from anything that stands in a file: the start of the sha256 of
 * all that is sent. A scanned file cannot hold its own request's tag, since the tag depends on the
 * file; the same request has the same tag, so that its answer can be kept.
 */
export function blockTag(sent: string): string {
  return sha256(sent).slice(0, tagLength);
}

/** The line that begins a file. */
export function openLine(path: string, tag: string): string {
  return `===FILE ${path} ${tag}===`;
}

/** The line that ends a file. */
export function closeLine(tag: string): string {
  return `===END ${tag}===`;
}

/** An answer that holds the files and nothing else, as the system text asks for it. */
export function writeBlocks(files: readonly WrittenFile[], tag: string): string {
  return files
    .map(({ path, content }) => {
      const text = content === '' || content.endsWith('\n') ? content : `${content}\n`;
      return `${openLine(path, tag)}\n${text}${closeLine(tag)}\n`;
    })
    .join('');
}

/** The files that a prompt asks for: it ends with the opening lines of its own tag. Null where it asks for none. */
export function readAsked(
  prompt: string,
): { readonly tag: string; readonly paths: readonly string[] } | null {
  const opened = prompt.split('\n').flatMap((line) => {
    const [, path, tag] = openPattern.exec(line) ?? [];
    return path !== undefined && tag !== undefined ? [{ path, tag }] : [];
  });
  const tag = opened.at(-1)?.tag;
  if (tag === undefined) return null;
  return { tag, paths: opened.filter((one) => one.tag === tag).map(({ path }) => path) };
}
