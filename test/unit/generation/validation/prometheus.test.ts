import { expect, test } from 'vitest';
import { detectFormat } from '#main/generation/validation/detect-format.ts';
import { badTemplate } from '#main/generation/validation/prometheus/alert-template.ts';
import { judgePromql, promqlParser } from '#main/generation/validation/promql/judge-promql.ts';
import { brief, judge } from './expect-findings.ts';

const parser = await promqlParser();
const faults = (text: string) => judgePromql(parser, text).problems.map(({ message }) => message);

// Each was held against promtool, with the same verdict.
test.each([
  // The grammar takes all before a modifier as modified; Prometheus, the last operand.
  '(x - y offset 10m >= 1) and -z offset 5m > a offset 1m - b @ 10 offset 5m',
  // The published grammar hangs these offsets on the whole difference.
  'x - x offset 1h >= 5',
  'x offset 5m - x offset 1h',
  'sum by (a) (rate(x_total{job="x",code=~"5.."}[5m] offset 1m)) / on(a) group_left(b) y > bool 0.5',
  'max_over_time(rate(x[5m])[1h:1m])',
  'histogram_quantile(0.99, sum(rate(x_bucket[5m])) by (le))',
  '1 - avg_over_time((up{job="x"} > bool 0)[1h:1m])',
  'label_join(x, "a", ",", "b", "c") unless on() y',
  'x{a=~"(?i)b|c",d!=""} @ end()',
  'hour() == 1',
])('accepts the expression %s', (text) => {
  expect(faults(text)).toEqual([]);
});

test.each([
  ['', 'empty'],
  ['rate(x)', 'range vector'],
  ['rate(sum(x)[5m])', 'after a metric only'],
  ['rat(x[5m])', 'no function "rat"'],
  ['topk(x)', 'takes 2 arguments'],
  ['clamp(x, 1)', 'takes 3 arguments'],
  ['sum("a")', 'instant vector'],
  ['x and 1', 'both sides'],
  ['1 > 2', 'bool'],
  ['x + bool 1', 'comparison'],
  ['a and on(x) group_left b', 'no group_'],
  ['a + on(x) group_left(x) b', 'at once'],
  ['{a=~".*"}', 'Every series'],
  ['x{a=~"("}', 'no pattern'],
  ['x{a=~"(?=b)"}', 'look-ahead'],
  ['x{a=~"5\\d"}', 'escape'],
  ['x{__name__="y"}', 'twice'],
  ['x[0s]', 'range of 0'],
  ['x offset 5m offset 5m', 'twice'],
  ['x - y offset 5m offset 5m', 'twice'],
  ['x - 1 offset 5m', 'after a metric'],
  ['sum(x) offset 5m', 'after a metric'],
  ['x - sum(x) offset 5m', 'after a metric'],
  ['(x', 'its end'],
  ['-"a"', 'sign'],
  [`${'('.repeat(5_000)}1${')'.repeat(5_000)}`, 'too deep'],
  ['x'.repeat(130_000), 'Split'],
])('refuses the expression %.40s', (text, why) => {
  expect(faults(text)[0]).toContain(why);
});

test.each([
  '{{ $value | humanizePercentage }} of {{ $labels.job }}',
  '{{ range $i, $v := query "up" }}{{ $v.Value }}{{ else }}none{{ end }}',
  '{{/* why */}}{{- with $x := 5 -}}{{ $x }}{{ end }}',
])('reads the template %s', (text) => {
  expect(badTemplate(text)).toBeNull();
});

test.each([
  ['{{ $valeu }}', '$value'],
  ['{{ $value | humanise }}', 'humanize'],
  ['{{ $labels. }}', 'name after the dot'],
  ['{{ if $value }}', 'no {{ end }}'],
  ['{{ end }}', 'ends nothing'],
  ['{{ $value }', 'cannot stand'],
  ['{{ ( $value }}', 'not closed'],
  ['{{ }}', 'empty'],
])('refuses the template %s', (text, why) => {
  expect(badTemplate(text)).toContain(why);
});

const rules = (rule: string) => `groups:\n  - name: a\n    rules:\n      - ${rule}\n`;

test.each([
  ['not a list', 'groups: x\n', 'prometheus/groups@1'],
  [
    'a field that no group has',
    'groups:\n  - name: a\n    rulez: []\n',
    'prometheus/unknown-field@3',
  ],
  ['two groups of one name', 'groups:\n  - name: a\n  - name: a\n', 'prometheus/group-name@3'],
  [
    'both kinds in one rule',
    rules('record: a\n        alert: b\n        expr: "1"'),
    'prometheus/rule@4',
  ],
  ['no expression', rules('record: a'), 'prometheus/rule@4'],
  ['a bad metric name', rules('record: a-b\n        expr: "1"'), 'prometheus/name@4'],
  [
    'a duration in words',
    rules('alert: A\n        expr: up\n        for: ten'),
    'prometheus/duration@6',
  ],
  [
    'a bad label',
    rules('alert: A\n        expr: up\n        labels:\n          a-b: c'),
    'prometheus/label@7',
  ],
  ['a range vector', rules('alert: A\n        expr: up[5m]'), 'prometheus/promql@5'],
  [
    'a fault on a later line',
    rules('alert: A\n        expr: |\n          up\n            > rat(x)'),
    'prometheus/promql@7',
  ],
  [
    'a template',
    rules('alert: A\n        expr: up\n        annotations:\n          b: "{{ $x }}"'),
    'prometheus/template@7',
  ],
  [
    'annotations of a record',
    rules('record: a\n        expr: up\n        annotations: {b: c}'),
    'prometheus/rule@6',
  ],
  ['a tab', 'groups:\n\t- name: a\n', 'prometheus/yaml@2'],
  ['a key twice', 'groups: []\ngroups: []\n', 'prometheus/duplicate-key@2'],
])('a rule file with %s is refused on its line', async (_what, content, found) => {
  expect(brief(await judge('prometheus', content), 'error')).toContain(found);
});

test('a rule that is there twice is told, not refused, as promtool does', async () => {
  const twice = `${rules('alert: A\n        expr: up')}      - alert: A\n        expr: up\n`;
  expect(brief(await judge('prometheus', twice), 'warning')).toEqual([
    'prometheus/duplicate-rule@6',
  ]);
  expect(brief(await judge('prometheus', twice), 'error')).toEqual([]);
});

test('rule files are told by their content, and the operator’s objects are manifests', () => {
  expect(detectFormat('x.yaml', rules('alert: A\n        expr: up'))).toBe('prometheus');
  expect(detectFormat('x.yaml', 'groups:\n  - people\n')).toBeNull();
});

const object = (kind: string, spec: string) =>
  `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata:\n  name: a\nspec:\n${spec}`;

test.each([
  [
    'rules',
    object(
      'PrometheusRule',
      '  groups:\n    - name: a\n      rules:\n        - alert: A\n          expr: rate(up)\n',
    ),
    'prometheus/promql@10',
  ],
  [
    'a field',
    object('ServiceMonitor', '  selector: {}\n  endpoint: []\n'),
    'kubernetes/unknown-field@7',
  ],
  [
    'no port',
    object('ServiceMonitor', '  selector: {}\n  endpoints:\n    - path: /metrics\n'),
    'prometheus/no-port@8',
  ],
  [
    'a timeout',
    object(
      'PodMonitor',
      '  selector: {}\n  podMetricsEndpoints:\n    - port: http\n      interval: 10s\n      scrapeTimeout: 1m\n',
    ),
    'prometheus/scrape-timeout@10',
  ],
])('an object of the operator is judged for its %s', async (_what, content, found) => {
  expect(brief(await judge('kubernetes', content), 'error')).toContain(found);
});

test('an object of the operator that is well is accepted without a word', async () => {
  const monitor = object(
    'ServiceMonitor',
    '  selector:\n    matchLabels: {app: a}\n  endpoints:\n    - port: http\n      path: /metrics\n      interval: 30s\n',
  );
  expect(await judge('kubernetes', monitor)).toEqual([]);
});

test('what Grafana provisions its alerts by is no file of Prometheus’s rules', () => {
  const provisioned =
    'apiVersion: 1\ngroups:\n  - orgId: 1\n    name: a\n    rules:\n      - uid: b\n';
  expect(detectFormat('alerts.yaml', provisioned)).toBeNull();
});
