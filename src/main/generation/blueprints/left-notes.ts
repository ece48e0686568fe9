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

/** From so many on, those of whom the same is said are told together; so many of them by name. */
const many = 3;
const named = 6;

/** What was changed, as sentences, each once; the same of many services, as in a large Compose file, in one. */
export function textsOf(done: readonly ImprovementNote[]): readonly string[] {
  const texts = [...new Set(done.map(({ text }) => text))];
  const alike = Map.groupBy(texts, (text) => partsOf(text)?.said ?? text);
  return [...alike].flatMap(([said, same]) => {
    const names = same.flatMap((text) => partsOf(text)?.name ?? []);
    if (names.length < many) return same;
    const more = names.length - named;
    const rest = more > 0 ? ` and ${more} more` : '';
    return [`${names.slice(0, named).join(', ')}${rest}: ${said}`];
  });
}

function partsOf(text: string): { readonly name: string; readonly said: string } | null {
  const [, name, said] = /^([\w.-]+): (.+)$/s.exec(text) ?? [];
  return name === undefined || said === undefined ? null : { name, said };
}
