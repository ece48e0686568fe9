import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { privateKeys } from './prompts/redact/own-spans.ts';
import { secretlintSpans } from './prompts/redact/secretlint-spans.ts';
import type { Span } from './prompts/redact/span.ts';
import { certainSecrets } from './validation/secrets.ts';
import type { TextFile } from './validation/validator.ts';

/** Longest text that is searched by secretlint, which takes 10 ms in 100 KB; our own forms are looked for in all. */
const maxLinted = 300_000;
/** Values that stand for one that only the user has, or that open nothing but a database made for a test. */
const placeholder =
  /\$[{(\w]|change-?me|example|<[^>]+>|\*{3}|placeholder|password@|user:pass\b|only-for-tests/i;

/**
 * Secrets in a file's text, by their form, wherever they stand. What a rule of its format has said of
 * the same line is not said again. Values are never part of a message.
 */
export async function secretFindings(
  { path, content }: TextFile,
  found: readonly Finding[],
): Promise<readonly Finding[]> {
  const said = new Set(found.filter(({ rule }) => /secret/.test(rule)).map(({ line }) => line));
  const certain: Span[] = [
    ...privateKeys(content),
    ...Array.from(content.matchAll(certainSecrets), ({ 0: text, index }) => ({
      start: index,
      end: index + text.length,
      what: 'a key of a well-known form',
    })),
  ];
  const linted = content.length > maxLinted ? [] : await secretlintSpans(path, content);
  const likely = linted.filter(
    ({ start, end }) =>
      !placeholder.test(content.slice(start, end)) &&
      !certain.some((one) => start < one.end && end > one.start),
  );
  const findings = [
    ...certain.map((span) => toFinding(content, span, 'error')),
    ...likely.map((span) => toFinding(content, span, 'warning')),
  ];
  return findings.filter(({ line }) => !said.has(line));
}

function toFinding(content: string, { start, what }: Span, severity: Finding['severity']): Finding {
  return {
    rule: 'omega/secret',
    severity,
    line: content.slice(0, start).split('\n').length,
    message: `Here stands ${what}. Take it out, give it by the environment, and change it.`,
    url: ruleUrl('omega/secret'),
  };
}
