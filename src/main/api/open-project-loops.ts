import { deliberativeLoop } from '#main/loops/deliberative/deliberative-loop.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import { transcendentLoop } from '#main/loops/transcendent/transcendent-loop.ts';
import type { LoopSources } from './open-loops.ts';
import { proposalMemory } from './proposal-memory.ts';

/** The loops that look at projects and their files. */
export function openProjectLoops(sources: LoopSources): readonly Loop[] {
  const { storage, ports, config, clock, learning, omega } = sources;
  const roots = () => storage.projects.list().map(({ root }) => root);
  return [
    deliberativeLoop({
      ...{ generation: { ports, storage }, learning, roots },
      target: () => config.current.target,
      now: () => clock.now(),
    }),
    transcendentLoop({ generation: ports, storage, memory: proposalMemory(omega), roots }),
  ];
}
