import { artifactKinds, type Finding } from '#shared/artifact.ts';
import type { Proposal } from '#shared/run.ts';
import { printFindings } from './print-findings.ts';
import { printable, type Terminal } from './terminal.ts';

/** Files up to which each is listed with all of its findings. */
export const fewFiles = 40;

/** Rules of warnings that are told, the most frequent ones. */
const mostRules = 10;
const longestMessage = 100;

/** What a large run made, on one page: files by kind, every error, warnings by their rules. */
export function printSummary(terminal: Terminal, files: readonly Proposal[]): void {
  terminal.line(`  ${counts(files)}`);
  const kinds = artifactKinds.flatMap((kind) => {
    const own = files.filter((file) => file.kind === kind);
    return own.length > 0 ? [{ kind, own }] : [];
  });
  for (const { kind, own } of kinds) terminal.line(`    ${kind.padEnd(15)} ${counts(own)}`);
  for (const { path, findings } of files) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) continue;
    terminal.line(`  ${printable(path)}`);
    printFindings(terminal, errors);
  }
  printRules(terminal, files);
}

function printRules(terminal: Terminal, files: readonly Proposal[]): void {
  const warnings = files.flatMap(({ path, findings }) =>
    findings.filter(({ severity }) => severity === 'warning').map((one) => ({ ...one, path })),
  );
  const rules = [...Map.groupBy(warnings, ({ rule }) => rule).values()].sort(
    (a, b) => b.length - a.length,
  );
  for (const alike of rules.slice(0, mostRules)) {
    const [first] = alike;
    if (!first) continue;
    const count = terminal.style('yellow', `${alike.length} × ${first.rule}`);
    terminal.line(`  ${count}, such as ${printable(`${first.path}:${first.line}`)}`);
    terminal.line(terminal.style('dim', `    ${printable(shortened(first))}`));
  }
  if (rules.length > mostRules) terminal.line(`  and ${rules.length - mostRules} more rules`);
}

/** `12 files: 3 new, 9 changed; 1 error, 4 warnings`. */
function counts(files: readonly Proposal[]): string {
  const same = files.filter(({ state }) => state === 'unchanged').length;
  const changed = files.filter(({ state, replaces }) => state !== 'unchanged' && replaces).length;
  const made = [
    [files.length - same - changed, 'new'],
    [changed, 'changed'],
    [same, 'as they are already'],
  ] as const;
  const found = (['error', 'warning'] as const).map((severity) => {
    const all = files.flatMap(({ findings }) => findings);
    return [all.filter((one) => one.severity === severity).length, severity] as const;
  });
  const said = made.flatMap(([count, what]) => (count > 0 ? `${count} ${what}` : []));
  const ill = found.flatMap(([count, what]) => (count > 0 ? plural(count, what) : []));
  return [`${plural(files.length, 'file')}: ${said.join(', ')}`, ...ill].join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function shortened({ message }: Finding): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}
