import type { HealthStatus } from '#shared/health.ts';
import type { RuntimeHealth } from '#shared/runtime.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { instanceText } from '../instance-text.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const colours: Readonly<Record<HealthStatus, 'green' | 'yellow' | 'red' | 'dim'>> = {
  healthy: 'green',
  degraded: 'yellow',
  unhealthy: 'red',
  unknown: 'dim',
};

/**
 * `omega health`: tries the real work of every part in this process and says how each is, and how
 * the running apps said that they are. Fails where the runtime of this process is not whole: theirs
 * may have been repaired since they said so.
 */
export async function healthCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const health = await session.call('health.get', { try: true, wake: true });
  terminal.json(health);
  terminal.line(`The runtime is ${terminal.style('bold', health.state)}.`);
  print(terminal, health);
  for (const app of health.instances) {
    terminal.line();
    terminal.line(`${instanceText(app)}, is ${terminal.style('bold', app.state)}.`);
    print(terminal, app);
  }
  return health.state === 'running' ? exitCodes.fine : exitCodes.findings;
}

function print(terminal: Terminal, health: RuntimeHealth): void {
  for (const { name, status, reason, lastCheck } of health.subsystems) {
    const took = lastCheck === null ? '' : terminal.style('dim', ` (${lastCheck.ms} ms)`);
    terminal.line(
      `${printable(name).padEnd(12)} ${terminal.style(colours[status], status)}${took}`,
    );
    if (reason !== null) terminal.line(terminal.style('dim', `             ${printable(reason)}`));
  }
  for (const { subsystem, level, reason } of health.degradations) {
    terminal.line(terminal.style('yellow', printable(`${subsystem} is ${level}: ${reason}`)));
  }
  const { rssMb, heapShare, freeDiskMb, waitingCalls } = health.resources;
  const disk = freeDiskMb === null ? 'free disk unknown' : `${freeDiskMb} MB of disk free`;
  const heap = `${Math.round(heapShare * 100)} % of the heap`;
  terminal.line(`${rssMb} MB of memory, ${heap}, ${disk}, ${waitingCalls} calls waiting.`);
}
