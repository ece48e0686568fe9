import type { Finding } from '#shared/artifact.ts';
import { reasonOf } from '#shared/rules.ts';
import { printable, type Terminal } from './terminal.ts';

const colours = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** Prints findings below the name of their file. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  if (findings.length === 0) terminal.line(`  ${terminal.style('green', 'no findings')}`);
  for (const { severity, line, rule, message } of findings) {
    const level = terminal.style(colours[severity], severity.padEnd(7));
    const name = terminal.style('dim', `[${rule}]`);
    terminal.line(`  ${level} line ${line}: ${printable(message)} ${name}`);
  }
}

/** Says once, after all findings, how to learn more of those that only Omega can explain. */
export function printExplain(terminal: Terminal, findings: readonly Finding[]): void {
  const own = findings.find(({ rule }) => reasonOf(rule) !== null);
  if (own) terminal.line(terminal.style('dim', `More about a rule: omega explain ${own.rule}`));
}
