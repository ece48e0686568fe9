/** One change of a text: what lies from `start` to `end` (UTF-16 offsets) becomes `text`. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * The text after all edits, whose offsets are those of the text before. Of edits at one place the
 * first given comes first.
 * @throws RangeError where two overlap or one lies outside: a fault of who made them.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: instead } of edits.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end < start || end > text.length) {
      throw new RangeError(`The edit of ${start} to ${end} overlaps another, or lies outside.`);
    }
    parts.push(text.slice(at, start), instead);
    at = end;
  }
  return `${parts.join('')}${text.slice(at)}`;
}

/** How the text ends its lines, by its first one. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line after that of an offset begins; the text's end where there is none. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** Whole lines to put at the beginning of a line, or at an end that no line break closes. */
export function linesAt(text: string, offset: number, lines: readonly string[]): TextEdit {
  const end = lineEndOf(text);
  const opens = offset > 0 && text[offset - 1] !== '\n';
  const block = lines.join(end);
  return { start: offset, end: offset, text: opens ? `${end}${block}` : `${block}${end}` };
}
