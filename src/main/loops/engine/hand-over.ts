import type { LoopStore } from '#main/storage/loop-store.ts';
import { type CycleInput, type LoopCycle, type LoopType, loopTypes } from '#shared/loops.ts';
import type { Connection } from './loop.ts';
import type { CycleCause } from './running-cycles.ts';

/** Cycles that a connection sees. */
const seenHistory = 50;

/** A cycle that another one asks for. */
export type HandedOver = {
  readonly to: LoopType;
  readonly input: CycleInput;
  readonly by: CycleCause;
};

/** What the handing over stands on. */
export type HandOverOptions = {
  readonly connections: readonly Connection[];
  readonly store: LoopStore;
  /** Told of a connection that throws; the others are asked all the same. */
  readonly onFault: (loop: LoopType, error: unknown) => void;
};

/**
 * What a cycle that is over gives to the loops that it concerns. A chain of cycles that caused each
 * other ends after as many as there are loops: two that answer each other would go on for ever.
 */
export function handedOver(cycle: LoopCycle, options: HandOverOptions): readonly HandedOver[] {
  const { connections, store, onFault } = options;
  const own = connections.filter(({ from }) => from === cycle.loop);
  if (own.length === 0 || isLongChain(cycle, store)) return [];
  const history = store.latest(cycle.loop, seenHistory);
  return own.flatMap(({ to, how, input }) => {
    try {
      const given = input(cycle, history);
      return given === null ? [] : [{ to, input: given, by: { trigger: how, cause: cycle.id } }];
    } catch (error) {
      onFault(cycle.loop, error);
      return [];
    }
  });
}

function isLongChain(cycle: LoopCycle, store: LoopStore): boolean {
  let length = 1;
  for (let cause = cycle.cause; cause !== null; cause = store.get(cause)?.cause ?? null) {
    length += 1;
    if (length >= loopTypes.length) return true;
  }
  return false;
}
