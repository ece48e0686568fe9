import { createTwoFilesPatch } from 'diff';
import type { Proposal } from '#shared/run.ts';
import { printable, type Terminal } from './terminal.ts';

/** Time that a diff may take, in ms; after that the whole file is shown as replaced. */
const maxDiffMs = 2_000;

/** The unified diff from what is on disk to the proposal; empty where they are equal. */
export function proposalDiff({ path, base, content }: Proposal): string {
  if (base === content) return '';
  const from = base === null ? '/dev/null' : path;
  const options = { context: 3, timeout: maxDiffMs };
  const patch = createTwoFilesPatch(from, path, base ?? '', content, undefined, undefined, options);
  return patch ?? `--- ${from}\n+++ ${path}\n(too different to compare; the file is replaced)\n`;
}

/** Prints a unified diff, coloured by line. */
export function printDiff(terminal: Terminal, diff: string): void {
  for (const line of diff.trimEnd().split('\n')) {
    const colour = colourOf(line);
    const text = printable(line);
    terminal.line(colour ? terminal.style(colour, text) : text);
  }
}

function colourOf(line: string): 'bold' | 'green' | 'red' | 'cyan' | null {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('===')) return 'bold';
  if (line.startsWith('+')) return 'green';
  if (line.startsWith('-')) return 'red';
  return line.startsWith('@@') ? 'cyan' : null;
}
