import { describeFields } from '#main/core/config/config-fields.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Reads and changes the configuration; a change takes effect at once, and its event tells all. */
export function configHandlers({ config }: ApiContext): HandlersOf<'config'> {
  return {
    'config.get': () => config.view,
    'config.fields': () => describeFields(),
    'config.set': (change) => config.set(change),
  };
}
