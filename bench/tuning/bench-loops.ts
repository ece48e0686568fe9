import { systemClock } from '#main/core/clock.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import { fixed } from '#main/core/live.ts';
import { connections } from '#main/loops/connections.ts';
import { LoopEngine } from '#main/loops/engine/loop-engine.ts';
import { openGateLoops } from '#main/loops/gate-loops.ts';
import type { CallGate } from '#main/providers/gate/call-gate.ts';
import type { Storage } from '#main/storage/storage.ts';
import { loopsSettings } from '#shared/settings/loops-settings.ts';

/** How often the adaptive loop looks here, in seconds: often, so that a short time has many looks. */
const adaptiveSecs = { full: 5, short: 1 };

/** The engine with the loops of a gate, as the app has them, until `end`, which counts the moves. */
export function openBenchLoops(gate: CallGate, storage: Storage, short: boolean) {
  const resources = new DisposableStore();
  const { reflexive, adaptive } = openGateLoops(
    {
      gate,
      handsOver: true,
      fallbacks: () => [],
      batches: () => null,
      watch: async () => [],
      kept: {
        get: () => storage.meta.get('bounds'),
        set: (text) => storage.meta.set('bounds', text),
      },
      id: () => systemClock.id(),
      modelOf: async () => 'model',
      tell: (type, input) => engine.tell(type, input),
    },
    resources,
  );
  const secs = short ? adaptiveSecs.short : adaptiveSecs.full;
  const engine = resources.add(
    new LoopEngine({
      ...{ connections, clock: systemClock, store: storage.loops, byThemselves: true },
      loops: fixed([reflexive, adaptive]),
      settings: fixed(loopsSettings.parse({ adaptiveSecs: secs })),
      stuck: new Set(),
      holdsBack: async () => null,
      onBegin: () => undefined,
      onEnd: () => undefined,
      onFault: (_, error) => {
        throw error;
      },
    }),
  );
  return {
    end: async (): Promise<number> => {
      await resources.dispose();
      const cycles = storage.loops.latest('adaptive', 200);
      return cycles.flatMap(({ output }) => output?.actions ?? []).length;
    },
  };
}
