import type { ApiContext, HandlersOf } from './context.ts';

/** What the app is. */
export function appHandlers({ info }: ApiContext): HandlersOf<'app'> {
  return { 'app.info': () => info };
}
