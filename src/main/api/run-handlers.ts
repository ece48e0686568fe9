import type { ApiContext, HandlersOf } from './context.ts';

/** Starts, shows, pauses, resumes and cancels runs. */
export function runHandlers({ engine }: ApiContext): HandlersOf<'run'> {
  return {
    'run.start': (request) => engine.start(request),
    'run.get': ({ id }) => engine.get(id),
    'run.list': ({ limit }) => engine.list(limit),
    'run.pause': ({ id }, signal) => engine.pause(id, signal),
    'run.resume': ({ id, budgetUsd }, signal) => engine.resume(id, budgetUsd, signal),
    'run.cancel': ({ id }) => engine.cancel(id),
  };
}
