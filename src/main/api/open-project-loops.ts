import { deliberativeLoop } from '#main/loops/deliberative/deliberative-loop.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import type { LoopSources } from './open-loops.ts';

/** The loops that look at projects and their files. */
export function openProjectLoops(sources: LoopSources): readonly Loop[] {
  const { storage, ports, config, clock, learning } = sources;
  const roots = () => storage.projects.list().map(({ root }) => root);
  return [
    deliberativeLoop({
      ...{ generation: { ports, storage }, learning, roots },
      target: () => config.current.target,
      now: () => clock.now(),
    }),
  ];
}
