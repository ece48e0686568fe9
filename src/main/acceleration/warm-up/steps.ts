import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import type { Acceleration } from '../acceleration.ts';
import type { WarmUpStep } from './warm-up.ts';

const readyInThread = blocking<typeof import('./thread-ready.ts'), 'threadReady'>(
  new URL('./thread-ready.ts', import.meta.url),
  'threadReady',
);

/** A compute process with one session took 240 MB, each further session 80 MB. */
const oneSessionMb = 240;
const nextSessionMb = 80;

/** Starts the thread of the worker pool that stays. */
export const threadStep: WarmUpStep = {
  name: 'worker thread',
  memoryMb: () => 30,
  run: async (signal) => void (await arun(readyInThread, [], { signal })),
};

/**
 * Finds the device, opens the sessions that embed there, and the indexes of all collections.
 * `acceleration` gives the one that runs when a step begins: it may have been started again since.
 */
export function accelerationSteps(acceleration: () => Acceleration): readonly WarmUpStep[] {
  return [
    {
      name: 'device',
      memoryMb: () => oneSessionMb,
      run: (signal) => acceleration().findDevice(signal),
    },
    {
      name: 'embedding model',
      memoryMb: () => oneSessionMb + nextSessionMb * (acceleration().slots - 1),
      run: (signal) => acceleration().open(signal),
    },
    {
      name: 'vector index',
      memoryMb: () => acceleration().vectors?.expectedMb ?? 0,
      run: async (signal) => acceleration().vectors?.openAll(signal),
    },
  ];
}
