import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { ImprovementNote } from '../improve/improvement.ts';

/** What an improvement left as it is, as findings of its file. */
export function leftNotes(left: readonly ImprovementNote[]): readonly Finding[] {
  return left.map(({ line, text }) => ({
    rule: 'omega/left',
    severity: 'info',
    line,
    message: text,
    url: ruleUrl('omega/left'),
  }));
}

/** What was changed, as sentences, each once. */
export function textsOf(done: readonly ImprovementNote[]): readonly string[] {
  return [...new Set(done.map(({ text }) => text))];
}
