import type { ApiContext, HandlersOf } from './context.ts';

/** Starts, shows and cancels runs. */
export function runHandlers({ engine }: ApiContext): HandlersOf<'run'> {
  return {
    'run.start': (request) => engine.start(request),
    'run.get': ({ id }) => engine.get(id),
    'run.list': ({ limit }) => engine.list(limit),
    'run.cancel': ({ id }) => engine.cancel(id),
  };
}
