import type { ApiContext, HandlersOf } from './context.ts';

/** Reads and changes the settings; a change takes effect at once, through its event. */
export function settingsHandlers({ storage, engine, emit }: ApiContext): HandlersOf<'settings'> {
  return {
    'settings.get': () => storage.settings.get(),
    'settings.set': (change) => {
      const settings = storage.settings.set(change);
      const limitChanged = change.async !== undefined || change.concurrency !== undefined;
      if (limitChanged) engine.setConcurrency(settings.async ? settings.concurrency : 1);
      emit({ type: 'settings.changed', settings });
      return settings;
    },
  };
}
