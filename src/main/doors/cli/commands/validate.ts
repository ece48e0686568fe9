import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileError } from '#main/core/file-error.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printExplain, printFindings } from '../print-findings.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** `omega validate PATH...`: files as they are named, folders by what the scan finds in them. */
export async function validateCommand(
  session: Session,
  paths: readonly string[],
): Promise<ExitCode> {
  const { terminal } = session;
  const reports = [];
  for (const path of paths.map((each) => resolve(each))) {
    const stats = await stat(path).catch((error: unknown) => {
      throw fileError(error, path, 'read');
    });
    const folder = stats.isDirectory();
    const root = folder ? path : dirname(path);
    const input = folder ? { root } : { root, paths: [basename(path)] };
    const found = await session.call('validate.run', input);
    reports.push(...found.map((report) => ({ root, ...report })));
  }
  terminal.json({ reports });
  if (reports.length === 0) terminal.line('No infrastructure file was found.');
  for (const report of reports) {
    terminal.line(`${terminal.style('bold', printable(report.path))} (${report.kind})`);
    printFindings(terminal, report.findings);
  }
  printExplain(
    terminal,
    reports.flatMap(({ findings }) => findings),
  );
  const bad = reports.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  return bad ? exitCodes.findings : exitCodes.fine;
}
