import { chown, open, rename, rm } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/**
 * Writes bytes to a new file beside their destination and forces them to the disk; {@link swapFile}
 * then puts it in place in one step. (The package write-file-atomic takes a short write on a full
 * disk for success and follows a link at its temporary name; this does neither.) The file is
 * removed again where the write fails. Throws `NO_SPACE` or `NOT_WRITABLE`.
 */
export async function stageFile(
  temp: string,
  bytes: Uint8Array,
  like: { readonly mode: number; readonly uid: number; readonly gid: number } | null,
): Promise<void> {
  try {
    // `wx` makes the file or fails: it never opens one that is there, nor follows a link.
    const handle = await open(temp, 'wx', like ? like.mode & 0o777 : 0o666);
    try {
      await handle.writeFile(bytes);
      // The umask took bits from `open`'s mode; where there was a file, its own bits count.
      if (like) await handle.chmod(like.mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (like) await chown(temp, like.uid, like.gid).catch(() => undefined);
  } catch (error) {
    await rm(temp, { force: true }).catch(() => undefined);
    throw fileError(error, temp, 'write');
  }
}

/** Puts a staged file in its place, over what is there, in one step; {@link syncFolder} makes it last. */
export async function swapFile(temp: string, target: string): Promise<void> {
  try {
    await rename(temp, target);
  } catch (error) {
    throw fileError(error, target, 'write');
  }
}

/** Forces a folder's entries to the disk; systems that cannot (Windows) are passed over. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The rename has happened; only its durability is the system's own.
  }
}
