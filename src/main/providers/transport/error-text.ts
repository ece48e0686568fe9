import { redacted, redactText } from '#main/core/log/redact.ts';

const maxExcerpt = 300;

/**
 * What a provider says in the body of an error: its message where the body is JSON as any of them
 * writes it, else the text; in one line, short, without the secrets of the request.
 */
export function errorExcerpt(body: string, secrets: readonly string[]): string {
  const said = messageOf(parsed(body)) ?? body;
  const line = said.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, ' ').trim();
  const clean = redactText(withoutSecrets(line, secrets));
  return clean.length > maxExcerpt ? `${clean.slice(0, maxExcerpt)}…` : clean;
}

/** The text with each of the secrets blacked out. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 0)
    .reduce((now, secret) => now.replaceAll(secret, redacted), text);
}

/** Whether a body is a page for people. */
export function isPage(contentType: string | null, start: string): boolean {
  return /^text\/html\b/i.test(contentType ?? '') || /^\s*<(?:!doctype|html|\?xml)/i.test(start);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The message of `{error: {message}}`, `{errors: [{message}]}`, `{error}`, `{message}`, `{detail}` and IBM's `{errorMessage}`. */
export function messageOf(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 3) return null;
  if (Array.isArray(value)) return messageOf(value[0], depth + 1);
  const fields = value as Record<string, unknown>;
  for (const name of ['error', 'errors', 'message', 'errorMessage', 'detail']) {
    const found = messageOf(fields[name], depth + 1);
    if (found !== null && found !== '') return found;
  }
  return null;
}
