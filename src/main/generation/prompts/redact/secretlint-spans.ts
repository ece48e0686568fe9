import { setImmediate } from 'node:timers/promises';
import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { Span } from './span.ts';

/** Characters that are looked at without a pause: about 4 ms. */
const pageLength = 100_000;
/** A page begins so many characters before the last one's end, for what lies on the border. */
const overlap = 4_000;

/**
 * Secretlint's recommended rules, but not the one that lets a comment in the text
 * (`secretlint-disable`) switch them off: the text is a stranger's.
 */
const config = {
  rules: rules
    .filter(({ meta }) => !meta.id.endsWith('filter-comments'))
    .map((rule) => ({ id: rule.meta.id, rule })),
};

/** What secretlint takes for a secret, page by page, so that the thread is free in between. */
export async function secretlintSpans(
  path: string,
  text: string,
  signal: AbortSignal,
): Promise<readonly Span[]> {
  const spans: Span[] = [];
  for (let start = 0; start < text.length; start += pageLength - overlap) {
    if (start > 0) await setImmediate();
    throwIfCancelled(signal);
    const content = text.slice(start, start + pageLength);
    const source = { filePath: `/${path}`, content, ext: '', contentType: 'text' } as const;
    const { messages } = await lintSource({ source, options: { config } });
    for (const { range, ruleId } of messages) {
      spans.push({ start: start + range[0], end: start + range[1], what: nameOf(ruleId) });
    }
    if (start + pageLength >= text.length) break;
  }
  return spans;
}

function nameOf(ruleId: string): string {
  return `a secret (${ruleId.replace(/^.*secretlint-rule-/, '')})`;
}
