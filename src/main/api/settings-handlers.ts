import type { ApiContext, HandlersOf } from './context.ts';

/** Reads and changes the settings; a change takes effect at once, through its event. */
export function settingsHandlers({ storage, emit }: ApiContext): HandlersOf<'settings'> {
  return {
    'settings.get': () => storage.settings.get(),
    'settings.set': (change) => {
      const settings = storage.settings.set(change);
      emit({ type: 'settings.changed', settings });
      return settings;
    },
  };
}
