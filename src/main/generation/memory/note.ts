import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';

/** What learning has to say of a file. */
export function note(message: string): Finding {
  const rule = 'omega/memory';
  return { rule, severity: 'info', line: 1, message, url: ruleUrl(rule) };
}
