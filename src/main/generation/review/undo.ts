import { OmegaError } from '#shared/error.ts';
import type { UndoReport } from '#shared/review.ts';
import { notFound } from './proposals.ts';
import { recover } from './recover.ts';
import type { ReviewContext } from './review-context.ts';
import { clearStaged, undoFiles } from './undo-files.ts';
import { beginUndo } from './write-journal.ts';

/**
 * Restores exactly the bytes that were there before a checkpoint, of its files alone. A file that
 * changed since is refused with the diff. Throws `NOT_FOUND`, `CONFLICT` (undone already, or
 * another write under way), `NO_SPACE` and `CANCELLED`.
 */
export async function undo(
  context: ReviewContext,
  id: string,
  signal: AbortSignal,
): Promise<UndoReport> {
  const { storage, emit } = context;
  await recover(context);
  const head = storage.checkpoints.head(id);
  if (!head) throw notFound('checkpoint', id);
  if (head.undoneAt !== null) {
    throw new OmegaError('CONFLICT', 'This checkpoint has been undone already.');
  }
  beginUndo(context, head);
  try {
    const report = await undoFiles(context, head, signal);
    emit({ type: 'proposal.updated', runId: head.runId });
    return report;
  } catch (error) {
    // Every file is whole, restored or not yet; another undo does the rest.
    await clearStaged(context, head);
    storage.journal.end(id);
    throw error;
  }
}
