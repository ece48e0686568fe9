import type { ApiContext, HandlersOf } from './context.ts';

/** What the runtime remembers. */
export function memoryHandlers({ omega }: ApiContext): HandlersOf<'memory'> {
  return {
    'memory.store': (memory, signal) => omega.storeMemory(memory, signal),
    'memory.query': (query, signal) => omega.queryMemories(query, signal),
    'memory.get': ({ id }, signal) => omega.getMemory(id, signal),
    'memory.update': ({ id, change }, signal) => omega.updateMemory(id, change, signal),
    'memory.delete': async ({ id }, signal) => {
      await omega.deleteMemory(id, signal);
      return null;
    },
    'memory.consolidate': (_, signal) => omega.consolidate(signal),
    'memory.sizes': (_, signal) => omega.memorySizes(signal),
  };
}
