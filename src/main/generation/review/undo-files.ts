import { createTwoFilesPatch } from 'diff';
import { sha256 } from '#main/core/hash.ts';
import { joinWithin } from '#main/core/relative-path.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import type { CheckpointFile, CheckpointHead } from '#main/storage/checkpoint-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { UndoReport } from '#shared/review.ts';
import { changeFiles, type FileChange } from './change-files.ts';
import { stagedPath } from './project-files.ts';
import type { ReviewContext } from './review-context.ts';
import { removeMadeFolders } from './roll-back.ts';

type UndoOutcome = UndoReport['outcomes'][number];
type Planned = {
  readonly file: CheckpointFile;
  readonly outcome: UndoOutcome | null;
};

/** Time that a diff may take before it is left out. */
const maxDiffMs = 1_000;

/**
 * Restores the files of a checkpoint whose journal entry is there, and ends that entry. Carried on
 * after a crash it does the rest. A checkpoint is undone when no file was refused.
 */
export async function undoFiles(
  context: ReviewContext,
  head: CheckpointHead,
  signal: AbortSignal,
): Promise<UndoReport> {
  const { storage, files, clock } = context;
  const planned: Planned[] = [];
  for (const file of storage.checkpoints.files(head.id)) {
    planned.push({ file, outcome: await settled(context, head, file) });
  }
  const changes = new Map<CheckpointFile, FileChange>();
  for (const { file, outcome } of planned) {
    if (!outcome) changes.set(file, toChange(head, file));
  }
  const failed = await changeFiles(files, [...changes.values()], signal);
  const outcomes = planned.map(({ file, outcome }): UndoOutcome => {
    const change = changes.get(file);
    const error = change && failed.get(change);
    if (error) return refused(file, error, null);
    return outcome ?? restored(file, null);
  });
  for (const { file } of planned.toReversed()) {
    if (file.before === null) await removeMadeFolders(files, head.root, file);
  }
  storage.durably(() => {
    storage.journal.end(head.id);
    for (const [index, outcome] of outcomes.entries()) {
      const proposalId = planned[index]?.file.proposalId;
      if (outcome.status !== 'refused' && proposalId)
        storage.proposals.setState(proposalId, 'open');
    }
    if (outcomes.every(({ status }) => status !== 'refused')) {
      storage.checkpoints.setUndone(head.id, clock.now());
    }
  });
  return { checkpointId: head.id, outcomes };
}

/** Removes what an undo that ended early had staged. */
export async function clearStaged(context: ReviewContext, head: CheckpointHead): Promise<void> {
  for (const { path } of context.storage.checkpoints.files(head.id)) {
    await context.files.remove(stagedPath(joinWithin(head.root, path), head.id));
  }
}

/** The outcome of a file that is not to be touched: it is as it was already, or it changed since. */
async function settled(
  { files }: ReviewContext,
  head: CheckpointHead,
  file: CheckpointFile,
): Promise<UndoOutcome | null> {
  try {
    const there = await files.read(await resolveWithin(head.root, file.path));
    const hash = there ? sha256(there.bytes) : null;
    if (hash === file.afterHash) return null;
    if (hash === file.beforeHash) return restored(file, 'It was so already.');
    const error = new OmegaError(
      'CONFLICT',
      `"${file.path}" changed since Omega wrote it; take the changes back by hand, then undo again.`,
    );
    return refused(file, error, diffOf(file, there?.bytes ?? null));
  } catch (error) {
    if (error instanceof OmegaError) return refused(file, error, null);
    throw error;
  }
}

function restored(file: CheckpointFile, reason: string | null): UndoOutcome {
  const status = file.before === null ? 'removed' : 'restored';
  return { path: file.path, status, code: null, reason, diff: null };
}

function refused(file: CheckpointFile, error: OmegaError, diff: string | null): UndoOutcome {
  return { path: file.path, status: 'refused', code: error.code, reason: error.message, diff };
}

function diffOf(file: CheckpointFile, there: Buffer | null): string | null {
  const before = file.after.toString('utf8');
  const after = there?.toString('utf8') ?? '';
  const name = there ? file.path : '/dev/null';
  const options = { context: 3, timeout: maxDiffMs };
  return (
    createTwoFilesPatch(file.path, name, before, after, 'written by Omega', 'now', options) ?? null
  );
}

function toChange(head: CheckpointHead, file: CheckpointFile): FileChange {
  return {
    root: head.root,
    checkpointId: head.id,
    path: file.path,
    from: file.afterHash,
    to: file.before,
    mode: file.mode,
    madeFolders: [],
  };
}
