/** A text of a stranger on one line, cut to `max` characters. */
export function oneLine(text: string, max = 300): string {
  const clean = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return clean.length > max ? `${clean.slice(0, max)}…` : clean;
}
