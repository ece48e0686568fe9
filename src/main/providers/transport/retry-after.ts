const dayMs = 86_400_000;

/** Reads one header by its lower-case name. */
export type ReadHeader = (name: string) => string | null;

/**
 * How long a provider asks to wait, in ms: `retry-after-ms` (OpenAI), or `Retry-After` in seconds or
 * as a date (RFC 9110, 10.2.3). Null where it does not say, or says something that is no time; at
 * most a day.
 */
export function retryAfterMs(header: ReadHeader, now: number): number | null {
  const exact = number(header('retry-after-ms'));
  if (exact !== null) return bounded(exact);
  const text = header('retry-after');
  const seconds = number(text);
  if (seconds !== null) return bounded(seconds * 1000);
  // Date.parse takes "-5" for a year: a date begins with its day of the week.
  const date = /^\s*[a-z]{3,9},? /i.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(date) ? null : bounded(date - now);
}

function number(text: string | null): number | null {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,12}(?:\.\d{1,9})?$/.test(trimmed) ? Number(trimmed) : null;
}

function bounded(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), dayMs);
}
