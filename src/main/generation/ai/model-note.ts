import type { Finding, Severity } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';

/** What is to be known of how a model's file came about. */
export function modelNote(message: string, severity: Severity = 'info'): Finding {
  const rule = 'omega/model';
  return { rule, severity, line: 1, message, url: ruleUrl(rule) };
}
