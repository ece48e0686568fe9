import { validateFolder } from '#main/generation/validate-folder.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Validates files that are on disk. */
export function validateHandlers({ ports }: ApiContext): HandlersOf<'validate'> {
  return {
    'validate.run': ({ root, paths }, signal) => validateFolder(ports, root, paths, signal),
  };
}
