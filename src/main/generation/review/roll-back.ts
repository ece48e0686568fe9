import { dirname, join } from 'node:path';
import { sha256 } from '#main/core/hash.ts';
import { joinWithin } from '#main/core/relative-path.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import type { CheckpointFile } from '#main/storage/checkpoint-store.ts';
import { OmegaError } from '#shared/error.ts';
import { type ProjectFiles, stagedPath } from './project-files.ts';

/**
 * Brings the files of a checkpoint back to what they were before it: those that hold its bytes are
 * restored or removed, staged files and folders that it made are cleared away. A file that holds
 * neither what was there nor what was written is someone else's by now and is left; its path is
 * returned. Safe to repeat. Throws where the disk cannot be read or written.
 */
export async function rollBack(
  files: ProjectFiles,
  root: string,
  checkpointId: string,
  written: readonly CheckpointFile[],
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const file of written.toReversed()) {
    await files.remove(stagedPath(joinWithin(root, file.path), checkpointId));
    if (!(await putBack(files, root, checkpointId, file))) left.push(file.path);
    await removeMadeFolders(files, root, file);
  }
  return left;
}

/** Removes the folders that the write of a file made, where nothing else is in them. */
export async function removeMadeFolders(
  files: ProjectFiles,
  root: string,
  file: Pick<CheckpointFile, 'madeFolders'>,
): Promise<void> {
  for (const folder of file.madeFolders.toReversed()) await files.removeFolder(join(root, folder));
}

/** Restores one file; false where it is someone else's by now, a link or a folder among them. */
async function putBack(
  files: ProjectFiles,
  root: string,
  checkpointId: string,
  file: CheckpointFile,
): Promise<boolean> {
  try {
    const target = await resolveWithin(root, file.path);
    const there = await files.read(target);
    const hash = there ? sha256(there.bytes) : null;
    if (hash === file.beforeHash) return true;
    if (!there || hash !== file.afterHash) return false;
    if (!file.before) {
      await files.remove(target);
      await files.sync(dirname(target));
      return true;
    }
    const temp = stagedPath(target, checkpointId);
    await files.stage(temp, file.before, { ...there, mode: file.mode ?? there.mode });
    await files.swap(temp, target);
    await files.sync(dirname(target));
    return true;
  } catch (error) {
    if (error instanceof OmegaError && error.code === 'REFUSED') return false;
    throw error;
  }
}
