import type { ApiContext, HandlersOf } from './context.ts';

/** The seven loops. */
export function loopHandlers({ omega }: ApiContext): HandlersOf<'loop'> {
  return {
    'loop.list': (_, signal) => omega.listLoops(signal),
    'loop.run': ({ type, input }, signal) => omega.executeLoopCycle(type, input, signal),
    'loop.history': ({ type, limit }, signal) => omega.loopHistory(type ?? null, limit, signal),
    'loop.cancel': ({ type }, signal) => omega.cancelLoopCycle(type, signal),
    'loop.revert': ({ cycle, action }, signal) => omega.revertLoopAction(cycle, action, signal),
  };
}
