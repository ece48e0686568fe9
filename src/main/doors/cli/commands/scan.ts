import { resolve } from 'node:path';
import type { Ignored, Service } from '#shared/scan.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

/** Files that are named one by one on a terminal. */
const maxProblems = 50;

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
  printIgnored(terminal, scan.ignored);
  return exitCodes.fine;
}

/** Names what should be mended; of what is passed over as a rule, how much there is. */
function printIgnored(terminal: Terminal, ignored: readonly Ignored[]): void {
  const problems = ignored.filter(({ problem }) => problem);
  for (const { path, reason } of problems.slice(0, maxProblems)) {
    const text = `passed over ${path}: ${reason}`;
    terminal.line(terminal.style('yellow', printable(text)));
  }
  const rest = ignored.length - Math.min(problems.length, maxProblems);
  if (rest === 0) return;
  const more = problems.length > 0 ? ' more' : '';
  const text = `${rest}${more} files or folders were passed over; --json lists them.`;
  terminal.line(terminal.style('dim', text));
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
