import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { undo } from '#main/generation/review/undo.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Lists and undoes checkpoints. */
export function checkpointHandlers(context: ApiContext): HandlersOf<'checkpoint'> {
  return {
    'checkpoint.list': async ({ root }) => {
      if (root === undefined) return context.storage.checkpoints.list(null);
      // A folder that is gone still has its history.
      const folder = await realpath(root).catch(() => resolve(root));
      return context.storage.checkpoints.list(folder);
    },
    'checkpoint.undo': async ({ id }, signal) => {
      const report = await undo(context, id, signal);
      const files = context.storage.checkpoints.files(id);
      context.learning.decided(files.map(({ proposalId }) => proposalId));
      return report;
    },
  };
}
