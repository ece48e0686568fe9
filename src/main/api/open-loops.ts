import type { DisposableStore } from '#main/core/disposable.ts';
import type { RunEngine } from '#main/generation/engine/run-engine.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import type { LoopWork } from '#main/loops/loop-work.ts';
import type { ReactiveDesk } from '#main/loops/reactive/desk.ts';
import type { CallGate } from '#main/providers/gate/call-gate.ts';
import type { ApiContext } from './context.ts';
import { openEvolvingLoops } from './open-evolving-loops.ts';
import { openFastLoops } from './open-fast-loops.ts';
import { openProjectLoops } from './open-project-loops.ts';

/** What the loops are made from: each takes of it what its ports name. */
export type LoopSources = Omit<ApiContext, 'observations' | 'resizeImage'>;

/** Gives each loop that there is its ports; one that stands on what is not there is left out. */
export function openLoops(
  sources: LoopSources,
  desk: ReactiveDesk,
  resources: DisposableStore,
): LoopWork {
  const loops: readonly Loop[] = [
    ...openFastLoops({ ...sources, desk }, resources),
    ...openProjectLoops(sources),
    ...openEvolvingLoops(sources),
  ];
  return { loops, usersWork: () => usersWork(sources) };
}

/** Where users' work goes on. */
type Users = {
  readonly engine: Pick<RunEngine, 'underWay'>;
  readonly gate: Pick<CallGate, 'isBusy'>;
};

/** What goes on for users, as a clause; null where nothing does. */
export function usersWork({ engine, gate }: Users): string | null {
  const { underWay } = engine;
  if (underWay > 0) return underWay === 1 ? 'a run is under way' : `${underWay} runs are under way`;
  return gate.isBusy ? 'calls to models are under way' : null;
}
