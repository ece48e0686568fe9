/** A secret in a text: where it begins and ends, in characters, and what it is, without its value. */
export type Span = { readonly start: number; readonly end: number; readonly what: string };

/** What stands where a secret stood. */
export const redactedMark = '[redacted]';

/** What was blacked out, by 1-based line. */
export type Redaction = { readonly line: number; readonly what: string };

/** A text without its secrets, with as many lines as before. */
export type Redacted = { readonly text: string; readonly redactions: readonly Redaction[] };

/** Blacks out the spans, which may overlap and come in any order. Line breaks within one stay. */
export function blackOut(text: string, spans: readonly Span[]): Redacted {
  const parts: string[] = [];
  const redactions: Redaction[] = [];
  let at = 0;
  let line = 1;
  const pass = (end: number): string => {
    const piece = text.slice(at, end);
    line += breaksIn(piece);
    at = end;
    return piece;
  };
  for (const { start, end, what } of joined(spans)) {
    parts.push(pass(start));
    redactions.push({ line, what });
    parts.push(redactedMark + '\n'.repeat(breaksIn(pass(end))));
  }
  parts.push(text.slice(at));
  return { text: parts.join(''), redactions };
}

/** Spans in order that do not touch; of those that overlap the first says what it is. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    if (span.end <= span.start) continue;
    const last = result.at(-1);
    if (last && span.start < last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    } else result.push(span);
  }
  return result;
}

function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
