import type { ApiContext, HandlersOf } from './context.ts';

/** What the app counted. */
export function metricsHandlers({ observations }: ApiContext): HandlersOf<'metrics'> {
  return { 'metrics.get': () => observations.view() };
}
