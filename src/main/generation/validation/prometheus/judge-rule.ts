import { type Mapping, mapping } from '../plain.ts';
import { isDuration } from '../promql/literals.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { badTemplate } from './alert-template.ts';
import { type GroupsContext, rulesUrl } from './rule-groups.ts';

const alertsUrl = 'https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/';
const promqlUrl = 'https://prometheus.io/docs/prometheus/latest/querying/basics/';
const namesUrl = 'https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels';
const fields = ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];

/** Judges one rule; `seen` holds what the file's rules before it record and alert on. */
export function judgeRule(
  context: GroupsContext,
  value: unknown,
  path: YamlPath,
  seen: Set<string>,
): void {
  const { say } = context;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    say('rule', 'error', path, 'A rule is a mapping with record or alert, and expr.', rulesUrl);
    return;
  }
  const rule = mapping(value);
  for (const key of Object.keys(rule)) {
    if (fields.includes(key)) continue;
    const hint = didYouMean(key, fields) || ' Remove it.';
    say(
      'unknown-field',
      'error',
      [...path, key],
      `A rule has no field ${quote(key)}.${hint}`,
      rulesUrl,
    );
  }
  judgeKind(context, rule, path);
  judgeExpression(context, rule.expr, [...path, 'expr']);
  judgeLabels(context, rule, path);
  const key = JSON.stringify([
    rule.record ?? rule.alert,
    rule.record === undefined,
    Object.entries(mapping(rule.labels)).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  if (seen.has(key)) {
    const name = quote(String(rule.record ?? rule.alert ?? ''));
    say(
      'duplicate-rule',
      'warning',
      path,
      `The file has a rule ${name} with the same labels already. Remove one, or tell them apart by a label.`,
      rulesUrl,
    );
  }
  seen.add(key);
}

function judgeKind({ say }: GroupsContext, rule: Mapping, path: YamlPath): void {
  const { record, alert } = rule;
  const names = [record, alert].filter((one) => typeof one === 'string' && one !== '');
  if (names.length !== 1) {
    const message =
      names.length === 0
        ? 'A rule needs record (what it writes) or alert (its name).'
        : 'A rule has record or alert, not both. Make two rules of it.';
    say('rule', 'error', path, message, rulesUrl);
  }
  for (const key of ['for', 'keep_firing_for'] as const) {
    const value = rule[key];
    if (value === undefined || value === null) continue;
    if (!isDuration(String(value))) {
      say(
        'duration',
        'error',
        [...path, key],
        `${key} is no duration: ${quote(String(value))}. Write it like 5m or 1h30m.`,
        alertsUrl,
      );
    }
  }
  if (typeof record !== 'string' || record === '') return;
  if (!/^[a-zA-Z_:][\w:]*$/.test(record)) {
    say(
      'name',
      'error',
      [...path, 'record'],
      `${quote(record)} is no name of a metric: letters, digits, _ and : only, no digit first.`,
      namesUrl,
    );
  }
  for (const key of ['for', 'keep_firing_for', 'annotations'] as const) {
    if (rule[key] === undefined) continue;
    say(
      'rule',
      'error',
      [...path, key],
      `A rule that records has no ${key}; that belongs to an alert. Remove it.`,
      rulesUrl,
    );
  }
}

function judgeExpression({ say, promql }: GroupsContext, value: unknown, path: YamlPath): void {
  if (value === undefined || value === null || value === '') {
    say(
      'rule',
      'error',
      path.slice(0, -1),
      'A rule needs expr, the expression that it asks for.',
      rulesUrl,
    );
    return;
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    say('promql', 'error', path, 'expr must be a text.', promqlUrl);
    return;
  }
  const text = String(value);
  const { problems, gives } = promql(text);
  for (const { offset, message } of problems.slice(0, 5)) {
    say('promql', 'error', path, message, promqlUrl, linesBefore(text, offset));
  }
  if (gives === 'matrix' || gives === 'string') {
    const what = gives === 'matrix' ? 'a range vector' : 'a text';
    say(
      'promql',
      'error',
      path,
      `A rule needs an instant vector or a number, and this gives ${what}. Take a function over it, such as rate().`,
      promqlUrl,
    );
  }
}

/** Lines from `expr` to an offset of its text: one of several lines begins on the line below. */
function linesBefore(text: string, offset: number): number {
  const before = text.slice(0, offset).split('\n').length - 1;
  return text.trimEnd().includes('\n') ? before + 1 : before;
}

function judgeLabels({ say }: GroupsContext, rule: Mapping, path: YamlPath): void {
  for (const key of ['labels', 'annotations'] as const) {
    const held = rule[key];
    if (held === undefined || held === null) continue;
    if (typeof held !== 'object' || Array.isArray(held)) {
      say(
        'label',
        'error',
        [...path, key],
        `${key} must be a mapping of names to texts.`,
        alertsUrl,
      );
      continue;
    }
    for (const [name, text] of Object.entries(held)) {
      const at = [...path, key, name];
      if (!/^[a-zA-Z_]\w*$/.test(name) || name === '__name__') {
        say(
          'label',
          'error',
          at,
          `${quote(name)} is no name of a label: letters, digits and _ only, no digit first.`,
          namesUrl,
        );
      }
      if (typeof text === 'object' && text !== null) {
        say('label', 'error', at, `${quote(name)} must be a text.`, alertsUrl);
        continue;
      }
      const fault = rule.alert === undefined ? null : badTemplate(String(text ?? ''));
      if (fault !== null) {
        say(
          'template',
          'error',
          at,
          `The template cannot be read: ${fault}${/[.?]$/.test(fault) ? '' : '.'} Mend it.`,
          'https://prometheus.io/docs/prometheus/latest/configuration/template_reference/',
        );
      }
    }
  }
}
