import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import type { ApiContext } from './context.ts';

/**
 * Adds the sample project on the first start, once: a user who removes it is not shown it again. It
 * is a copy in the data folder, so that trying a write never touches the app's own files.
 */
export async function addSampleOnce(
  context: ApiContext,
  sampleFolder: string | null,
  dataFolder: string,
): Promise<void> {
  const { storage, clock, logger } = context;
  if (sampleFolder === null || storage.meta.get('sampleAdded') !== null) return;
  try {
    const copy = join(dataFolder, basename(sampleFolder));
    await cp(sampleFolder, copy, {
      recursive: true,
      force: false,
      filter: (path) => basename(path) !== 'node_modules',
    });
    const root = await canonicalFolder(copy);
    storage.transaction(() => {
      storage.projects.add({ root, name: basename(root), addedAt: clock.now(), sample: true });
      storage.meta.set('sampleAdded', root);
    });
  } catch (error) {
    logger.warn({ err: error }, `The sample project "${sampleFolder}" could not be added.`);
  }
}
