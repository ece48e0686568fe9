import { dirname, join } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { fileError } from '#main/core/file-error.ts';
import { sha256 } from '#main/core/hash.ts';
import { pooled } from '#main/core/pooled.ts';
import type { FileState } from '#main/core/read-bounded.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import { OmegaError } from '#shared/error.ts';
import { type ProjectFiles, stagedPath } from './project-files.ts';

/** One file to bring from the bytes of hash `from` to the bytes `to`; null stands for no file. */
export type FileChange = {
  readonly root: string;
  readonly checkpointId: string;
  readonly path: string;
  readonly from: string | null;
  readonly to: Buffer | null;
  /** Permission bits to give; null keeps those that are there, or takes the system's default. */
  readonly mode: number | null;
  readonly madeFolders: readonly string[];
};

type Staged = { readonly target: string; readonly temp: string };

/** Files staged at once: each waits for the disk, not for us. */
const atOnce = 8;

/**
 * Makes the changes in two steps: all new bytes are staged beside their targets, on the disk; only
 * then is each put in place by a rename. A full disk shows, and a cancellation is heeded, while
 * nothing has been replaced yet. Returns the error of each change that could not be made (`REFUSED`,
 * `CONFLICT`, `NOT_WRITABLE`); the others were made. Throws `NO_SPACE` and `CANCELLED`: the caller
 * then rolls back.
 */
export async function changeFiles(
  files: ProjectFiles,
  changes: readonly FileChange[],
  signal: AbortSignal,
): Promise<ReadonlyMap<FileChange, OmegaError>> {
  const failed = new Map<FileChange, OmegaError>();
  const staged = new Map<FileChange, Staged>();
  await pooled(changes, atOnce, async (change) => {
    throwIfCancelled(signal);
    await guard(change, failed, async () => {
      const target = await resolveWithin(change.root, change.path);
      const temp = stagedPath(target, change.checkpointId);
      staged.set(change, { target, temp });
      await stage(files, change, target, temp);
    });
  });
  throwIfCancelled(signal);
  for (const change of changes) {
    const place = staged.get(change);
    if (!place || failed.has(change)) continue;
    await guard(change, failed, () => swap(files, change, place));
    if (failed.has(change)) await files.remove(place.temp);
  }
  const folders = new Set([...staged.values()].map(({ target }) => dirname(target)));
  await pooled(folders, atOnce, (folder) => files.sync(folder));
  return failed;
}

async function swap(files: ProjectFiles, change: FileChange, place: Staged): Promise<void> {
  const target = await resolveWithin(change.root, change.path);
  requireUnchanged(change, await files.read(target));
  if (change.to) await files.swap(place.temp, target);
  else await files.remove(target);
}

async function stage(
  files: ProjectFiles,
  change: FileChange,
  target: string,
  temp: string,
): Promise<void> {
  const there = await files.read(target);
  requireUnchanged(change, there);
  await files.requireWritable(target, there);
  if (!change.to) return;
  for (const folder of change.madeFolders) await files.makeFolder(join(change.root, folder));
  // What a crash may have left of the same checkpoint.
  await files.remove(temp);
  const like = there && { ...there, mode: change.mode ?? there.mode };
  try {
    await files.stage(temp, change.to, like);
  } catch (error) {
    // People know the file, not the name under which it is staged.
    throw error instanceof OmegaError && error.cause
      ? fileError(error.cause, target, 'write')
      : error;
  }
}

/** Throws `CONFLICT` where the file is not what the change starts from. */
function requireUnchanged(change: FileChange, there: FileState | null): void {
  if ((there ? sha256(there.bytes) : null) === change.from) return;
  throw new OmegaError(
    'CONFLICT',
    `"${change.path}" changed on disk meanwhile; run again to see the new difference.`,
  );
}

/** Records what concerns one file alone; lets through what must end the whole change. */
async function guard(
  change: FileChange,
  failed: Map<FileChange, OmegaError>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const own =
      error instanceof OmegaError && error.code !== 'NO_SPACE' && error.code !== 'CANCELLED';
    if (!own) throw error;
    failed.set(change, error);
  }
}
