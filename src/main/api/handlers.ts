import { appHandlers } from './app-handlers.ts';
import type { ApiContext, Handlers } from './context.ts';
import { folderHandlers } from './folder-handlers.ts';
import { projectHandlers } from './project-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';

/** Every route's handler; the type refuses a map that lacks one. */
export function createHandlers(context: ApiContext): Handlers {
  return {
    ...appHandlers(context),
    ...settingsHandlers(context),
    ...projectHandlers(context),
    ...folderHandlers(),
  };
}
