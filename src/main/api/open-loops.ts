import type { Loop } from '#main/loops/engine/loop.ts';
import type { LoopWork } from '#main/loops/loop-work.ts';
import type { ApiContext } from './context.ts';

/** What the loops are made from: each takes of it what its ports name. */
export type LoopSources = Omit<ApiContext, 'observations' | 'resizeImage'>;

/** Gives each loop that there is its ports; one that stands on what is not there is left out. */
export function openLoops(sources: LoopSources): LoopWork {
  const loops: readonly Loop[] = [];
  return { loops, usersWork: () => usersWork(sources) };
}

function usersWork({ engine, gate }: Pick<LoopSources, 'engine' | 'gate'>): string | null {
  const { underWay } = engine;
  if (underWay > 0) return underWay === 1 ? 'a run is under way' : `${underWay} runs are under way`;
  return gate.isBusy ? 'calls to models are under way' : null;
}
