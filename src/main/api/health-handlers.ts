import type { ApiContext, HandlersOf } from './context.ts';

/** How the runtime and its parts are, and the apps that run on the same data folder. */
export function healthHandlers({ runtime, observations }: ApiContext): HandlersOf<'health'> {
  return {
    'health.get': async ({ try: tries, wake }) => {
      if (tries || wake) await runtime.check({ wake });
      return { ...runtime.health(), instances: observations.instancesHealth() };
    },
  };
}
