import { printable, type Terminal } from './terminal.ts';

/** Characters of a text in a list. */
const excerptChars = 200;

/** The beginning of a text on one line, safe to print. */
export function excerpt(text: string): string {
  const line = text
    .slice(0, excerptChars * 4)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  const isCut = characters.length > excerptChars || text.length > excerptChars * 4;
  return printable(characters.slice(0, excerptChars).join('')) + (isCut ? '…' : '');
}

/** Plain JSON on one line, as {@link excerpt}; empty where it says nothing. */
export function jsonExcerpt(value: Readonly<Record<string, unknown>>): string {
  return Object.keys(value).length === 0 ? '' : excerpt(JSON.stringify(value));
}

/** A time as UTC, to the second. */
export function timeText(at: number): string {
  const date = new Date(at);
  // Whoever stored it may have chosen it.
  if (Number.isNaN(date.getTime())) return String(at);
  return date.toISOString().replace('T', ' ').slice(0, 19);
}

/** Prints a whole text, line by line. */
export function printText(terminal: Terminal, text: string): void {
  for (const line of text.split('\n')) terminal.line(printable(line));
}

/** Prints fields below each other; those that say nothing are left out. */
export function printFields(
  terminal: Terminal,
  fields: Readonly<Record<string, string | number | null>>,
): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === '') continue;
    terminal.line(`${terminal.style('dim', name.padEnd(12))} ${printable(String(value))}`);
  }
}

/** Says on stderr what an answer lacks, and why. */
export function noteDegraded(terminal: Terminal, degraded: string | null): void {
  if (degraded !== null) terminal.note(`omega: ${printable(degraded)}`);
}

/** A share or a likeness with two digits. */
export function shareText(share: number): string {
  return share.toFixed(2);
}
