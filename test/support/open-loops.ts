import { onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { connections } from '#main/loops/connections.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import { LoopEngine } from '#main/loops/engine/loop-engine.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { CycleInput, LoopCycle, LoopType } from '#shared/loops.ts';
import { loopsSettings } from '#shared/settings/loops-settings.ts';

/** Loops of the test's own in the real engine, with the real connections, on a store. */
export function openLoops(storage: Storage, loops: readonly Loop[]) {
  const waiting: { readonly type: LoopType; readonly tell: (cycle: LoopCycle) => void }[] = [];
  const engine = new LoopEngine({
    ...{ connections, clock: systemClock, store: storage.loops, byThemselves: true },
    loops: fixed(loops),
    // What is due by its period would come between.
    settings: fixed(loopsSettings.parse({ adaptiveSecs: 86_400 })),
    stuck: new Set(),
    holdsBack: async () => null,
    onBegin: () => undefined,
    onEnd: (cycle) => {
      const at = waiting.findIndex(({ type }) => type === cycle.loop);
      if (at >= 0) waiting.splice(at, 1)[0]?.tell(cycle);
    },
    onFault: (_, error) => {
      throw error;
    },
  });
  onTestFinished(() => engine.dispose());
  const cycle = (type: LoopType, data: CycleInput['data'] = {}) =>
    engine.cycle(type, { data, context: '', objectives: [] }, new AbortController().signal);
  /** The next cycle of a loop that ends. */
  const next = (type: LoopType) =>
    new Promise<LoopCycle>((tell) => void waiting.push({ type, tell }));
  return { engine, cycle, next };
}
