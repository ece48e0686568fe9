import { type ChildProcess, fork } from 'node:child_process';
import type { ComputeChild, SpawnCompute } from './compute-port.ts';
import { outputLines } from './output-lines.ts';

/**
 * Starts compute processes as children of this Node. `entry` is the absolute path of
 * `compute/main.ts`, or of what it is built into. Their standard error is for the log: native
 * libraries print what is no concern of a user. Their stdout goes nowhere, it belongs to the command.
 * The process lives on; each request to it has its deadline in `ComputeProcess`.
 */
export function forkCompute(entry: string): SpawnCompute {
  return () => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Inspector and loader flags of the parent are not for it.
      execArgv: [],
    });
    return adapt(child);
  };
}

function adapt(child: ChildProcess): ComputeChild {
  let ended: string | null = null;
  const listeners: ((how: string) => void)[] = [];
  const hearers: ((line: string) => void)[] = [];
  outputLines(child.stderr, (line) => {
    for (const hearer of hearers) hearer(line);
  });
  const end = (how: string): void => {
    if (ended !== null) return;
    ended = how;
    for (const listener of listeners) listener(how);
  };
  child.on('error', (error) => {
    // Also what a failed send emits; the process is then gone or about to be.
    if (child.pid === undefined) end(error.message);
  });
  child.on('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      if (ended !== null) listener(ended);
      else listeners.push(listener);
    },
    onOutput: (listener) => void hearers.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
