import type { ApiContext, HandlersOf } from './context.ts';

/** How far the warm-up is, for who comes after its events. */
export function warmUpHandlers({ warmUp }: ApiContext): HandlersOf<'warmup'> {
  return { 'warmup.get': () => warmUp.progress };
}
