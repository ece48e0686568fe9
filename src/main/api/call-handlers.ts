import type { HandlersOf } from './context.ts';
import type { OpenGate } from './open-gate.ts';

/** What goes on between the app and the models. */
export function callHandlers({ record }: Pick<OpenGate, 'record'>): HandlersOf<'call'> {
  return {
    'call.figures': () => record.figures(),
    'call.seconds': ({ seconds }) => record.seconds(seconds),
  };
}
