import type { ApiContext, HandlersOf } from './context.ts';

/** Settings that are better by measurement: found, compared, put in force and back. */
export function intelligenceHandlers({ omega }: ApiContext): HandlersOf<'intelligence'> {
  return {
    'intelligence.create': (spec, signal) => omega.createIntelligence(spec, signal),
    'intelligence.list': ({ domain, limit }, signal) =>
      omega.listIntelligences(domain, limit, signal),
    'intelligence.show': ({ id }, signal) => omega.showIntelligence(id, signal),
    'intelligence.apply': ({ id }, signal) => omega.applyIntelligence(id, signal),
    'intelligence.rollback': ({ id }, signal) => omega.rollbackIntelligence(id, undefined, signal),
    'intelligence.compare': (two, signal) => omega.compareIntelligences(two, signal),
    'intelligence.cancel': ({ id }, signal) => omega.cancelIntelligence(id, signal),
  };
}
