import type { ComputeChild, SpawnCompute } from '#main/acceleration/compute/compute-port.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { ToCompute } from '#main/acceleration/compute/protocol.ts';

/** A compute process that was started, what it was told, and whether it has ended. */
export type WatchedCompute = {
  readonly child: ComputeChild;
  readonly told: readonly ToCompute[];
  readonly gone: boolean;
};

/** Starts real compute processes and keeps a list of them, oldest first. */
export function watchedCompute(entry: string): {
  readonly spawn: SpawnCompute;
  readonly processes: readonly WatchedCompute[];
} {
  const fork = forkCompute(entry);
  const processes: WatchedCompute[] = [];
  const spawn = (): ComputeChild => {
    const child = fork();
    const told: ToCompute[] = [];
    const watched = { child, told, gone: false };
    processes.push(watched);
    child.onExit(() => {
      watched.gone = true;
    });
    const send = (message: unknown): void => {
      told.push(message as ToCompute);
      child.send(message);
    };
    return { ...child, send };
  };
  return { spawn, processes };
}
