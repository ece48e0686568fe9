import { access, constants, mkdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError, systemCode } from '#main/core/file-error.ts';
import { type FileState, readBounded } from '#main/core/read-bounded.ts';
import { stageFile, swapFile, syncFolder } from '#main/core/replace-file.ts';

/** Bytes of a file that Omega reads to replace or restore; a bigger one is refused. */
const maxFileBytes = 4_000_000;

/** Every way in which the review touches a project's files; paths are absolute. */
export interface ProjectFiles {
  /** What is there, or null. Throws `REFUSED` (too large, no plain file) or `NOT_READABLE`. */
  read(path: string): Promise<FileState | null>;
  /** Throws `NOT_WRITABLE` where the file, or the nearest folder that exists, is read-only. */
  requireWritable(path: string, state: FileState | null): Promise<void>;
  stage(temp: string, bytes: Uint8Array, like: Omit<FileState, 'bytes'> | null): Promise<void>;
  swap(temp: string, path: string): Promise<void>;
  /** Makes what was swapped or removed in a folder last past a power cut. */
  sync(folder: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Removes the folder where it is empty. */
  removeFolder(path: string): Promise<void>;
}

/** The real disk. */
export const diskFiles: ProjectFiles = {
  read: (path) => readBounded(path, maxFileBytes),
  requireWritable,
  stage: stageFile,
  swap: swapFile,
  sync: syncFolder,
  async remove(path) {
    await rm(path, { force: true }).catch((error: unknown) => {
      throw fileError(error, path, 'write');
    });
  },
  async makeFolder(path) {
    await mkdir(path).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw fileError(error, path, 'write');
    });
  },
  async removeFolder(path) {
    // Not empty, or gone: either way there is nothing of ours to remove.
    await rmdir(path).catch(() => undefined);
  },
};

/** Where a checkpoint's write of a file is staged: beside it, so that the swap is a rename. */
export function stagedPath(path: string, checkpointId: string): string {
  // Long names are cut: the staged name must fit where the name itself just fits.
  return join(dirname(path), `.${basename(path).slice(0, 40)}.${checkpointId}.omega-tmp`);
}

async function requireWritable(path: string, state: FileState | null): Promise<void> {
  // The write replaces the file, which its folder allows; its own read-only mark still counts.
  if (state && (state.mode & 0o222) === 0) {
    const readOnly = Object.assign(new Error('read-only'), { code: 'EACCES' });
    throw fileError(readOnly, path, 'write');
  }
  if (state) await requireAccess(path, constants.W_OK);
  let folder = dirname(path);
  while (!(await exists(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  await requireAccess(folder, constants.W_OK | constants.X_OK);
}

async function requireAccess(path: string, mode: number): Promise<void> {
  await access(path, mode).catch((error: unknown) => {
    throw fileError(error, path, 'write');
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => systemCode(error) !== 'ENOENT',
  );
}
