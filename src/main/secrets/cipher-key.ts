import { randomBytes } from 'node:crypto';
import { chmod, link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError, systemCode } from '#main/core/file-error.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { stageFile, syncFolder } from '#main/core/replace-file.ts';
import { cipherKeyBytes } from './cipher.ts';

const maxBytes = 4096;

/** Readable and writable by its owner alone. */
export const ownerOnly = { mode: 0o600, uid: -1, gid: -1 } as const;

/** The key in a file; null where there is none or where it is no key. A file that others may read is closed to them. */
export async function readCipherKey(path: string): Promise<Buffer | null> {
  const file = await readBounded(path, maxBytes);
  if (file?.bytes.length !== cipherKeyBytes) return null;
  if (process.platform !== 'win32' && (file.mode & 0o077) !== 0) await chmod(path, ownerOnly.mode);
  return file.bytes;
}

/**
 * The key in a file, made where there is none. Of several processes that make it at once one wins, and
 * all have its key: a link, unlike a rename, replaces nothing.
 */
export async function ensureCipherKey(path: string): Promise<Buffer> {
  const there = await readCipherKey(path);
  if (there) return there;
  const key = randomBytes(cipherKeyBytes);
  const draft = join(dirname(path), `.key-${process.pid}-${randomBytes(6).toString('hex')}`);
  await stageFile(draft, key, ownerOnly);
  try {
    await link(draft, path);
    await syncFolder(dirname(path));
    return key;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw fileError(error, path, 'write');
    const other = await readCipherKey(path);
    if (other) return other;
    // What is there is no key, and what it sealed is lost.
    await rename(draft, path);
    return key;
  } finally {
    await rm(draft, { force: true });
  }
}
