import type { HealthStatus } from '#shared/health.ts';
import type { RuntimeHealth } from '#shared/runtime.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const colours: Readonly<Record<HealthStatus, 'green' | 'yellow' | 'red' | 'dim'>> = {
  healthy: 'green',
  degraded: 'yellow',
  unhealthy: 'red',
  unknown: 'dim',
};

/**
 * `omega health`: tries the real work of every part in this process and says how each is. Fails
 * where the runtime is not whole.
 */
export async function healthCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const health = await session.call('health.get', { try: true, wake: true });
  terminal.json(health);
  print(terminal, health);
  return health.state === 'running' ? exitCodes.fine : exitCodes.findings;
}

function print(terminal: Terminal, health: RuntimeHealth): void {
  terminal.line(`The runtime is ${terminal.style('bold', health.state)}.`);
  for (const { name, status, reason, lastCheck } of health.subsystems) {
    const took = lastCheck === null ? '' : terminal.style('dim', ` (${lastCheck.ms} ms)`);
    terminal.line(`${name.padEnd(12)} ${terminal.style(colours[status], status)}${took}`);
    if (reason !== null) terminal.line(terminal.style('dim', `             ${printable(reason)}`));
  }
  for (const { subsystem, level, reason } of health.degradations) {
    terminal.line(terminal.style('yellow', `${subsystem} is ${level}: ${printable(reason)}`));
  }
  const { rssMb, heapShare, freeDiskMb, waitingCalls } = health.resources;
  const disk = freeDiskMb === null ? 'free disk unknown' : `${freeDiskMb} MB of disk free`;
  const heap = `${Math.round(heapShare * 100)} % of the heap`;
  terminal.line(`${rssMb} MB of memory, ${heap}, ${disk}, ${waitingCalls} calls waiting.`);
}
