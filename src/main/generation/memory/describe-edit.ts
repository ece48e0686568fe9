import type { Hunk } from './hunk.ts';
import type { Likeness } from './likeness.ts';
import { makerName } from './target.ts';

/** Characters of a summary, and of the text that is searched. */
const maxSummary = 160;
const maxText = 4_000;

/** What an edit changed, in a line: `+ USER 10001, − USER node`. */
export function summaryOf(hunks: readonly Hunk[]): string {
  const said = (op: '+' | '-', sign: string) =>
    changed(hunks, op)
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => `${sign} ${text}`);
  const all = [...said('+', '+'), ...said('-', '−')];
  return clip(all.length > 0 ? all.join(', ') : 'blank lines only', maxSummary);
}

/** The text of an edit's memory: for a person who reads it, and for full text. */
export function editText({ label }: Likeness, blueprint: string, hunks: readonly Hunk[]): string {
  const parts = [
    `Edited and accepted: the ${label} that ${makerName(blueprint)} made.`,
    ...section('Added', changed(hunks, '+')),
    ...section('Removed', changed(hunks, '-')),
  ];
  return clip(parts.join('\n'), maxText);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`${title}:`, ...lines] : [];
}

function changed(hunks: readonly Hunk[], op: '+' | '-'): readonly string[] {
  return hunks
    .flatMap(({ lines }) => lines.filter((line) => line.op === op))
    .map(({ text }) => text);
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
