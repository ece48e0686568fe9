import { ruleUrl } from '#shared/rules.ts';
import { mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import type { YamlDocument } from '../yaml/parse-yaml.ts';
import type { Chart } from './chart.ts';
import { coalesce } from './chart-objects.ts';
import { readYaml } from './functions/go-yaml.ts';
import { FunctionError } from './go-template/function-error.ts';
import { helmDocs } from './rules.ts';
import { checkValues } from './values-schema.ts';

/** Values are looked through this deep for secrets. */
const maxDepth = 12;

/** Judges a file of values: a mapping, as the chart's schema wants it, without secrets. */
export function judgeValues(
  document: YamlDocument | undefined,
  chart: Chart | null,
  isOverlay: boolean,
  report: Report,
): void {
  const value = document?.value ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    const message = 'The values must be a mapping: each key with its value.';
    report.add('helm/values', 'error', document?.line ?? 1, message, helmDocs.values);
    return;
  }
  if (document) judgeSecrets(document, report);
  if (!chart?.schema || !isJson(chart.schema.content)) return;
  const own = mapping(value);
  const values = isOverlay ? coalesce(mapping(plain(chart.values?.content ?? '')), own) : own;
  const verdict = checkValues(chart.schema.content, values);
  if (verdict.type !== 'judged') return;
  for (const { path, message } of verdict.problems) {
    const line = document?.lineOf(path) ?? 1;
    report.add('helm/schema-mismatch', 'error', line, message, helmDocs.schema);
  }
}

/** Judges values.schema.json by itself: JSON, and a schema. */
export function judgeSchema(
  content: string,
  document: YamlDocument | undefined,
  report: Report,
): void {
  try {
    JSON.parse(content);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const at = /line (\d+)/.exec(reason)?.[1];
    const offset = /position (\d+)/.exec(reason)?.[1];
    const line = at ? Number(at) : content.slice(0, Number(offset ?? 0)).split('\n').length;
    report.add(
      'helm/schema',
      'error',
      line,
      `This is not JSON: ${quote(reason, 120)}.`,
      helmDocs.schema,
    );
    return;
  }
  const verdict = checkValues(content, {});
  if (verdict.type === 'no-schema') {
    const message = `This is no JSON schema: ${verdict.message}. Mend it here.`;
    report.add(
      'helm/schema',
      'error',
      document?.lineOf(verdict.path) ?? 1,
      message,
      helmDocs.schema,
    );
  } else if (verdict.type === 'unknown') {
    const message = `The values are not held against this schema: ${quote(verdict.message, 160)}.`;
    report.add('helm/not-rendered', 'info', 1, message, ruleUrl('helm/not-rendered'));
  }
}

function judgeSecrets(document: YamlDocument, report: Report): void {
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (path.length > maxDepth) return;
    if (typeof value === 'object' && value !== null) {
      for (const [key, held] of Object.entries(value)) walk(held, [...path, key]);
    } else if (typeof value === 'string' && !value.includes('{{')) {
      const sure = judgeSecret(String(path.at(-1) ?? ''), value);
      if (sure !== 'certain') return;
      const message = `${quote(path.join('.'), 80)} holds a secret in plain text. Keep it in a Secret, and name that here.`;
      report.add('helm/inline-secret', 'error', document.lineOf(path), message, helmDocs.values);
    }
  };
  walk(document.value, []);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function plain(text: string): unknown {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof FunctionError) return {};
    throw error;
  }
}
