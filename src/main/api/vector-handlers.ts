import type { ApiContext, HandlersOf } from './context.ts';

/** Vectors of agents, in collections. */
export function vectorHandlers({ omega }: ApiContext): HandlersOf<'vector'> {
  return {
    'vector.store': (vector, signal) => omega.storeVector(vector, signal),
    'vector.search': (query, signal) => omega.searchVectors(query, signal),
    'vector.get': async (name, signal) => {
      const found = await omega.getVector(name, signal);
      // JSON would make an object of a typed array.
      return found && { ...found, vector: Array.from(found.vector) };
    },
    'vector.delete': (name, signal) => omega.deleteVector(name, signal),
    'vector.collections': (_, signal) => omega.listCollections(signal),
  };
}
