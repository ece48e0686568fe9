import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '#main/core/file-error.ts';

/** A file's text without its byte order mark, or why there is none and what to do about it. */
export type TextRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly kind: 'too-large' | 'unreadable'; readonly reason: string };

/** Links are the walk's to judge, and a pipe must not be waited for. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads a plain file of at most `maxBytes` as UTF-8; never rejects, never reads more than it may. */
export async function readText(path: string, maxBytes: number): Promise<TextRead> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, flags);
    const stats = await handle.stat();
    const refused = refuse(stats, maxBytes);
    if (refused !== null) return refused;
    const bytes = Buffer.allocUnsafe(stats.size);
    const { bytesRead } = await handle.read(bytes, 0, stats.size, 0);
    return decode(bytes.subarray(0, bytesRead));
  } catch (error) {
    return unreadable(error);
  } finally {
    await handle?.close();
  }
}

/** The same for a thread that may be held: a fraction of the cost where files are many and small. */
export function readTextSync(path: string, maxBytes: number): TextRead {
  let file: number | null = null;
  try {
    file = openSync(path, flags);
    const stats = fstatSync(file);
    const refused = refuse(stats, maxBytes);
    if (refused !== null) return refused;
    const bytes = Buffer.allocUnsafe(stats.size);
    return decode(bytes.subarray(0, readSync(file, bytes, 0, stats.size, 0)));
  } catch (error) {
    return unreadable(error);
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** A text that is to be there, as {@link readText} would answer once it is. */
export function asRead(text: string, maxBytes: number): TextRead {
  const bytes = Buffer.from(text);
  return bytes.length > maxBytes ? tooLarge(maxBytes) : decode(bytes);
}

function refuse(stats: Stats, maxBytes: number): TextRead | null {
  if (!stats.isFile()) return failed('not a regular file');
  if (stats.size <= maxBytes) return null;
  return tooLarge(maxBytes);
}

function tooLarge(maxBytes: number): TextRead {
  const reason = `larger than ${maxBytes} bytes, not read: make it smaller, or ignore it in .gitignore`;
  return { ok: false, kind: 'too-large', reason };
}

function unreadable(error: unknown): TextRead {
  if (systemCode(error) === 'ELOOP') return failed('a link, which is not followed');
  return failed(`cannot be read (${systemCode(error) || error}): check its permissions`);
}

function decode(bytes: Buffer): TextRead {
  if (bytes.includes(0)) return failed('binary, or text in UTF-16: save it as UTF-8');
  const text = bytes.toString('utf8');
  if (text.includes('\uFFFD') && !bytes.includes('\uFFFD')) {
    return failed('not UTF-8: save it as UTF-8');
  }
  return { ok: true, text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
}

function failed(reason: string): TextRead {
  return { ok: false, kind: 'unreadable', reason };
}
