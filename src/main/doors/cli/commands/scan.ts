import { resolve } from 'node:path';
import type { Service } from '#shared/scan.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

/** `omega scan DIR`: prints the scan; with `--json` exactly a `ScanResult`. */
export async function scanCommand(session: Session, dir: string): Promise<ExitCode> {
  const { terminal } = session;
  const scan = await session.call('scan.run', { root: resolve(dir) });
  terminal.json(scan);
  terminal.line(terminal.style('bold', printable(scan.root)));
  if (scan.services.length === 0) terminal.line('No deployable service was found.');
  for (const service of scan.services) printService(terminal, service);
  for (const { kind, path } of scan.existing) {
    terminal.line(`${terminal.style('dim', 'has')} ${printable(path)} (${kind})`);
  }
  if (scan.ignored.length > 0) {
    const passed = `${scan.ignored.length} files or folders were passed over; --json lists them.`;
    terminal.line(terminal.style('dim', passed));
  }
  return exitCodes.fine;
}

function printService(terminal: Terminal, service: Service): void {
  terminal.line();
  const stack = [service.language, service.runtimeVersion, service.framework]
    .filter((part) => part !== null)
    .join(' ');
  terminal.line(
    `${terminal.style(['bold', 'cyan'], printable(service.name))} ${service.kind}, ${printable(stack)}, in ${printable(service.path)}`,
  );
  const facts: readonly (readonly [string, string | null])[] = [
    ['install', service.install],
    ['build', service.build],
    ['start', service.start],
    ['ports', service.ports.join(', ') || null],
    ['needs', service.backingServices.join(', ') || null],
    ['env', service.env.map(({ name }) => name).join(', ') || null],
  ];
  for (const [name, value] of facts) {
    if (value !== null) terminal.line(`  ${name.padEnd(8)} ${printable(value)}`);
  }
  for (const unknown of service.unknowns) {
    const text = `  unknown  ${unknown.fact}: ${unknown.reason}`;
    terminal.line(terminal.style('yellow', printable(text)));
  }
}
