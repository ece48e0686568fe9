const escapes = /\\(?:[abfnrtv\\]|[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/g;

/** Why a text literal, with its quotes, is none that Go reads; null where it is one. */
export function misquoted(literal: string): string | null {
  const mark = literal[0] ?? '';
  if (mark === '`') return null;
  const inside = literal.slice(1, -1).replace(escapes, '').replaceAll(`\\${mark}`, '');
  const bad = /\\./.exec(inside)?.[0];
  if (bad === undefined) return null;
  return `${bad} is no escape here. Write it with two backslashes, or put the text in backquotes.`;
}

/** The text of a literal, read as Go does; escapes that stand for one character only. */
export function textOf(literal: string): string {
  const inside = literal.slice(1, -1);
  if (literal.startsWith('`')) return inside;
  return inside.replace(/\\(.)/g, (whole, char: string) =>
    char === 'n' ? '\n' : /[\\"'`]/.test(char) ? char : whole,
  );
}

/** Why a pattern is none of RE2's, which Prometheus uses; null where it is one. */
export function badPattern(pattern: string): string | null {
  if (/\(\?(?:[=!]|<[=!])/.test(pattern)) return 'RE2 has no look-ahead and look-behind';
  if (/(?:^|[^\\])(?:\\\\)*\\[1-9]/.test(pattern)) return 'RE2 has no references back';
  for (const [, least] of pattern.matchAll(/\{(\d{1,9})(?:,\d{0,9})?\}/g)) {
    if (Number(least) > 1000) return 'RE2 repeats at most 1,000 times';
  }
  // What RE2 has and JavaScript writes otherwise.
  const plain = pattern
    .replace(/\\Q.*?\\E/gs, 'x')
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\(\?[imsU-]+:/g, '(?:')
    .replace(/\\[Az]/g, '')
    .replace(/\[\[:\^?\w+:\]/g, '[a');
  try {
    new RegExp(plain);
    return null;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return reason.slice(reason.lastIndexOf(':') + 1).trim();
  }
}

const duration = /^(?:(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?|0)$/;

/** Whether a text is a duration as Prometheus reads it in rules: `5m`, `1h30m`, `0`. */
export function isDuration(text: string): boolean {
  return text !== '' && duration.test(text);
}
