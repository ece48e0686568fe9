import type { JournalEntry } from '#main/storage/journal-store.ts';
import type { ReviewContext } from './review-context.ts';
import { undoFiles } from './undo-files.ts';
import { undoWrite } from './write-journal.ts';

/**
 * Ends what a process that died left in the journal: a write is rolled back, an undo carried on.
 * Returns what the user should know. What cannot be ended now (a folder that is gone, a full
 * disk) stays in the journal for the next time.
 */
export async function recover(context: ReviewContext): Promise<readonly string[]> {
  const { storage, logger } = context;
  const notices: string[] = [];
  for (const entry of storage.journal.list()) {
    if (storage.instance.isAlive(entry.owner) || !claim(context, entry)) continue;
    try {
      notices.push(await end(context, entry));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      storage.journal.claim(entry.checkpointId, storage.instance.id, entry.owner);
      notices.push(`A change of "${entry.root}" that was cut off could not be ended yet: ${why}`);
    }
  }
  for (const notice of notices) logger.warn(notice);
  return notices;
}

/** Two processes may start at once; one of them takes the entry. */
function claim({ storage }: ReviewContext, entry: JournalEntry): boolean {
  return storage.journal.claim(entry.checkpointId, entry.owner, storage.instance.id);
}

async function end(context: ReviewContext, entry: JournalEntry): Promise<string> {
  const { storage } = context;
  const head = storage.checkpoints.head(entry.checkpointId);
  if (!head) {
    storage.journal.end(entry.checkpointId);
    return `The journal of "${entry.root}" was cleared.`;
  }
  if (entry.kind === 'undo') {
    await undoFiles(context, head, new AbortController().signal);
    return `An undo in "${entry.root}" that was cut off has been carried on to its end.`;
  }
  const files = storage.checkpoints.files(head.id);
  const left = await undoWrite(context, [{ head, files }]);
  const kept = left.length > 0 ? ` Changed meanwhile and left: ${left.join(', ')}.` : '';
  return `A write to "${entry.root}" that was cut off has been rolled back; nothing of it remains.${kept}`;
}
