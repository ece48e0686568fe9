import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Span } from './span.ts';

// It notes 110 marks a text and never forgets one: 35 KB a text, and four fifths of the time.
secretLintProfiler.setEnabled(false);

/**
 * Secretlint's recommended rules, but not the one that lets a comment in the text
 * (`secretlint-disable`) switch them off: the text is a stranger's.
 */
const config = {
  rules: rules
    .filter(({ meta }) => !meta.id.endsWith('filter-comments'))
    .map((rule) => ({ id: rule.meta.id, rule })),
};

/** What secretlint takes for a secret. It holds the thread, for some 10 ms in 100 KB. */
export async function secretlintSpans(path: string, content: string): Promise<readonly Span[]> {
  const source = { filePath: `/${path}`, content, ext: '', contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config } });
  return messages.map(({ range: [start, end], ruleId }) => ({
    start,
    end,
    what: `a secret (${ruleId.replace(/^.*secretlint-rule-/, '')})`,
  }));
}
