import type { ApiContext, HandlersOf } from './context.ts';

/** Causes, whose effects are estimated from the episodes. */
export function causalHandlers({ omega }: ApiContext): HandlersOf<'causal'> {
  return {
    'causal.add': (edge, signal) => omega.addCausalEdge(edge, signal),
    'causal.effects': ({ cause }, signal) => omega.causalEffects(cause, signal),
    'causal.path': (query, signal) => omega.causalPath(query, signal),
  };
}
