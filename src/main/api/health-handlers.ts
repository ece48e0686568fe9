import type { ApiContext, HandlersOf } from './context.ts';

/** How the runtime and its parts are. */
export function healthHandlers({ runtime }: ApiContext): HandlersOf<'health'> {
  return {
    'health.get': async ({ try: tries, wake }) => {
      if (tries || wake) await runtime.check({ wake });
      return runtime.health();
    },
  };
}
