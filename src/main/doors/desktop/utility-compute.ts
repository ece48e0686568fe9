import { utilityProcess } from 'electron';
import type { SpawnCompute } from '#main/acceleration/compute/compute-port.ts';
import { outputLines, type TextStream } from '#main/acceleration/compute/output-lines.ts';

/**
 * Starts compute processes as Electron's utility processes (the packaged app cannot run as Node).
 * `entry` is the absolute path of the built compute entry. Call it after Electron is ready. The
 * process lives on; each request to it has its deadline in `ComputeProcess`.
 */
export function utilityCompute(entry: string): SpawnCompute {
  return () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Omega compute',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let ended: string | null = null;
    const listeners: ((how: string) => void)[] = [];
    const hearers: ((line: string) => void)[] = [];
    outputLines(child.stderr as TextStream | null, (line) => {
      for (const hearer of hearers) hearer(line);
    });
    child.once('exit', (code) => {
      ended = `exit code ${code}`;
      for (const listener of listeners) listener(ended);
    });
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => {
        if (ended === null) child.postMessage(message);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        if (ended !== null) listener(ended);
        else listeners.push(listener);
      },
      onOutput: (listener) => void hearers.push(listener),
      kill: () => void child.kill(),
    };
  };
}
