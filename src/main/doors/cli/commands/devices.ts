import type { DeviceReport, DeviceTest } from '#shared/devices.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

/**
 * `omega devices`: what was tried on this machine and what is used; with `--self-test` it also
 * embeds a few sentences. Fails where not even the CPU computes.
 */
export async function devicesCommand(session: Session, selfTest: boolean): Promise<ExitCode> {
  const { terminal } = session;
  // The test comes first, so that the report counts what it did.
  const test = selfTest ? await session.call('devices.test', {}) : null;
  const report = await session.call('devices.list', {});
  terminal.json(test ? { ...report, test } : report);
  printReport(terminal, report);
  if (test) printTest(terminal, test);
  return report.chosen === null ? exitCodes.findings : exitCodes.fine;
}

function printReport(
  terminal: Terminal,
  { probes, chosen, reason, health, ...report }: DeviceReport,
): void {
  for (const { device, opens, reason: why, ms } of probes) {
    const mark = opens
      ? terminal.style('green', 'works')
      : terminal.style('yellow', 'does not open');
    terminal.line(`${device.padEnd(8)} ${mark} (${ms} ms)`);
    if (why !== null) terminal.line(terminal.style('dim', `         ${printable(why)}`));
  }
  const name = terminal.style('bold', chosen ?? 'nothing');
  terminal.line(`Embeddings run on ${name}. ${printable(reason)}`);
  terminal.line(`${report.slots} sessions side by side, ${report.threads} threads each.`);
  for (const { part, status, reason: why } of health) {
    const colour = status === 'healthy' ? 'green' : status === 'unknown' ? 'dim' : 'yellow';
    const because = why === null ? '' : `: ${printable(why)}`;
    terminal.line(`${part} ${terminal.style(colour, status)}${because}`);
  }
}

function printTest(terminal: Terminal, test: DeviceTest): void {
  const speed = `${test.textsPerSecond} short texts a second on ${test.devices.join(', ')}`;
  terminal.line(`Self-test: ${speed}.`);
  const { paraphraseCosine, unrelatedCosine } = test;
  terminal.line(`Likeness of a paraphrase ${paraphraseCosine}, of a stranger ${unrelatedCosine}.`);
}
