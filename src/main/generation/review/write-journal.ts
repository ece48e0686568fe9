import { systemCode } from '#main/core/file-error.ts';
import type { CheckpointFile, CheckpointHead } from '#main/storage/checkpoint-store.ts';
import type { JournalEntry } from '#main/storage/journal-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { ReviewContext } from './review-context.ts';
import { removeMadeFolders, rollBack } from './roll-back.ts';

/** A checkpoint that is about to be made: what will be written to one project. */
export type CheckpointDraft = {
  readonly head: CheckpointHead;
  readonly files: readonly CheckpointFile[];
};

/**
 * Puts on the disk what is about to be written and what was there before, ahead of the first
 * write. Throws `CONFLICT` where another write to one of the projects has not ended.
 */
export function beginWrite(context: ReviewContext, drafts: readonly CheckpointDraft[]): void {
  begin(() =>
    context.storage.durably(() => {
      for (const { head, files } of drafts) {
        context.storage.checkpoints.insert(head, files);
        context.storage.journal.begin(entry(context, head, 'apply'));
      }
    }),
  );
}

/** Puts on the disk that an undo of a checkpoint has begun; see {@link beginWrite}. */
export function beginUndo(context: ReviewContext, head: CheckpointHead): void {
  begin(() =>
    context.storage.durably(() => context.storage.journal.begin(entry(context, head, 'undo'))),
  );
}

/** Ends a write: what was written is a checkpoint, what failed leaves it again. */
export function commitWrite(
  { storage }: ReviewContext,
  drafts: readonly CheckpointDraft[],
  failed: ReadonlyMap<CheckpointFile, unknown>,
): void {
  storage.durably(() => {
    for (const { head, files } of drafts) {
      storage.journal.end(head.id);
      const written = files.filter((file) => !failed.has(file));
      for (const file of written) storage.proposals.setState(file.proposalId, 'applied');
      for (const file of files) {
        if (failed.has(file)) storage.checkpoints.deleteFile(head.id, file.path);
      }
      if (written.length === 0) storage.checkpoints.delete(head.id);
    }
  });
}

/**
 * Takes a write back that did not end: its files, then its checkpoints. Where that fails the
 * journal keeps the entry, and the next start tries again.
 */
export async function undoWrite(
  { storage, files, logger }: ReviewContext,
  drafts: readonly CheckpointDraft[],
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { head, files: written } of drafts.toReversed()) {
    left.push(...(await rollBack(files, head.root, head.id, written)));
    storage.durably(() => storage.checkpoints.delete(head.id));
  }
  if (left.length > 0)
    logger.warn({ left }, `Left as they are, changed meanwhile: ${left.join(', ')}`);
  return left;
}

/** Clears folders that were made for files which then could not be written. */
export async function clearFolders(
  { files }: ReviewContext,
  drafts: readonly CheckpointDraft[],
  failed: ReadonlyMap<CheckpointFile, unknown>,
): Promise<void> {
  for (const { head, files: planned } of drafts) {
    for (const file of planned) {
      if (failed.has(file)) await removeMadeFolders(files, head.root, file);
    }
  }
}

function entry(
  { storage, clock }: ReviewContext,
  head: CheckpointHead,
  kind: JournalEntry['kind'],
): JournalEntry {
  const owner = storage.instance.id;
  return { checkpointId: head.id, root: head.root, kind, owner, startedAt: clock.now() };
}

function begin(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!systemCode(error).startsWith('SQLITE_CONSTRAINT')) throw error;
    throw new OmegaError(
      'CONFLICT',
      'Another write to this project is under way; wait until it has ended and try again.',
      { cause: error, retryable: true },
    );
  }
}
