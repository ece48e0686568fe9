import { stdSerializers } from 'pino';

/** What stands where a secret was. */
export const redacted = '[redacted]';

const maxDepth = 8;
const maxItems = 100;
const maxText = 8_000;

/** Last words of keys whose values are secret, without case, `-` and `_`. */
const secretKey =
  /(?:token|apikey|accesskey|privatekey|password|passwd|passphrase|secret|authorization|cookie|credentials?|connectionstring)$/;

/** Keys whose values never reach the log, however deep they lie. */
export function isSecretKey(key: string): boolean {
  const plain = key.toLowerCase().replace(/[-_\s]/g, '');
  return plain === 'key' || secretKey.test(plain);
}

/**
 * A copy of what is to be logged in which the value of every secret key is replaced; bounded in depth,
 * items and text, so that neither a cycle nor a file that was passed by mistake fills the log.
 */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return copyFields(fields, 0, new Set());
}

function copyFields(
  fields: object,
  depth: number,
  above: ReadonlySet<object>,
): Record<string, unknown> {
  const within = new Set([...above, fields]);
  const copied: [string, unknown][] = [];
  for (const [key, value] of Object.entries(fields).slice(0, maxItems)) {
    const hidden = isSecretKey(key) && value !== null && value !== undefined;
    copied.push([key, hidden ? redacted : copy(value, depth + 1, within)]);
  }
  return Object.fromEntries(copied);
}

function copy(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return value.slice(0, maxText);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (above.has(value) || depth > maxDepth) return '[left out]';
  if (value instanceof Date) return value;
  if (value instanceof Error) return copyFields(stdSerializers.err(value), depth, above);
  if (value instanceof Map) return copyFields(Object.fromEntries(value), depth, above);
  if (Array.isArray(value) || value instanceof Set) {
    const within = new Set([...above, value]);
    return [...value].slice(0, maxItems).map((item) => copy(item, depth + 1, within));
  }
  return copyFields(value, depth, above);
}

/** What looks like a secret in any text, and what stays of it. Every repetition is bounded. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/\b([Bb]earer|BEARER|Basic) {1,4}[\w.~+/=-]{1,4096}/g, `$1 ${redacted}`],
  // Passwords of addresses; a password may hold an @.
  [/([a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@"\\]{0,256}):[^\s"\\/]{1,512}@/gi, `$1:${redacted}@`],
  [/\beyJ[\w-]{8,4096}\.[\w-]{8,4096}\.[\w-]{0,4096}/g, redacted],
  [/\b(?:sk|rk|pk)[-_][\w-]{8,512}/g, redacted],
  [/\b(?:gh[opsur]_|github_pat_|glpat-|npm_|hf_|xox[abeprs]-)[\w-]{10,512}/g, redacted],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}/g, redacted],
  // A field of the line itself: what a child logger is bound to passes no formatter.
  [
    /("[\w-]{0,64}(?:token|api[-_]?key|access[-_]?key|private[-_]?key|password|passwd|secret|authorization|cookie)":)"(?:[^"\\]|\\.){0,8000}"/gi,
    `$1"${redacted}"`,
  ],
  // `password=…`, `token: …`, and the same in a JSON text within a JSON text.
  [
    /((?:token|api[-_ ]?key|access[-_ ]?key|password|passwd|secret|authorization)(?:\\["']|')? {0,3}[=:] {0,3}(?:\\["']|')?)(?!\[redacted|Bearer |Basic )[^\s"'\\,;&)}]{1,512}/gi,
    `$1${redacted}`,
  ],
];

/** Replaces what looks like a secret in a text, also in one line of JSON, which stays JSON. */
export function redactText(text: string): string {
  return secretTexts.reduce((now, [pattern, rest]) => now.replace(pattern, rest), text);
}
