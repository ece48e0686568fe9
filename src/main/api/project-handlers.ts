import { basename } from 'node:path';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** The list of projects; adding or removing one touches none of its files. */
export function projectHandlers(context: ApiContext): HandlersOf<'project'> {
  const { storage, clock, emit } = context;
  return {
    'project.list': () => storage.projects.list(),
    'project.add': async ({ root }) => {
      const folder = await canonicalFolder(root);
      const project = storage.projects.add({
        root: folder,
        name: basename(folder) || folder,
        addedAt: clock.now(),
        sample: false,
      });
      emit({ type: 'projects.changed' });
      return project;
    },
    'project.remove': ({ root }) => {
      if (storage.projects.remove(root)) emit({ type: 'projects.changed' });
      return null;
    },
  };
}
