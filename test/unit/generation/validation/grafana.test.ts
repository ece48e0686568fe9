import { expect, test } from 'vitest';
import { detectFormat } from '#main/generation/validation/detect-format.ts';
import { readJson } from '#main/generation/validation/json/read-json.ts';
import { brief, judge } from './expect-findings.ts';

type Facts = Record<string, unknown>;
const source = { type: 'prometheus', uid: '$ds' };
const panel = (facts: Facts = {}): Facts => ({
  id: 1,
  type: 'timeseries',
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  datasource: source,
  targets: [{ refId: 'A', expr: 'sum(rate(x_total{job=~"$job"}[$__rate_interval]))' }],
  ...facts,
});
const dashboard = (panels: readonly Facts[], facts: Facts = {}): string =>
  JSON.stringify({
    title: 'a',
    schemaVersion: 41,
    templating: {
      list: [
        { name: 'ds', type: 'datasource', query: 'prometheus' },
        { name: 'job', type: 'custom', query: 'a,b' },
      ],
    },
    panels,
    ...facts,
  });
const braced = (name: string) => `$\{${name}}`;
const query = (expr: string) => dashboard([panel({ targets: [{ refId: 'A', expr }] })]);

test.each([
  [
    'a plain dashboard',
    dashboard([panel(), panel({ id: 2, gridPos: { x: 12, y: 0, w: 12, h: 8 } })]),
  ],
  [
    'a folded row',
    dashboard([{ id: 1, type: 'row', collapsed: true, panels: [panel({ id: 2 })] }]),
  ],
  [
    'a row without width and a version in quotes, as exports have them',
    dashboard([{ type: 'row', gridPos: { h: 1, w: 0, x: 0, y: 0 }, panels: [] }], {
      schemaVersion: '39',
    }),
  ],
  ['a number as a variable', query('topk($job, x)')],
  ['a range as a variable', query('rate(x[$job] offset $job)')],
  ['part of a name as a variable', query(`sum(rate(x_${braced('job')}_total[5m])) by ($job)`)],
  ['a format and an old variable', query(`x{a=~"${braced('job:regex')}",b="[[job]]"}`)],
  [
    'LogQL, which is no PromQL',
    dashboard([panel({ datasource: { type: 'loki' }, targets: [{ expr: '{a="b"} |= "c"' }] })]),
  ],
  [
    'an input of an export',
    dashboard([panel({ datasource: braced('DS_X') })], {
      __inputs: [{ name: 'DS_X', type: 'datasource', pluginId: 'prometheus' }],
    }),
  ],
])('accepts %s', async (_what, content) => {
  expect(await judge('grafana', content)).toEqual([]);
  expect(detectFormat('a.json', content)).toBe('grafana');
});

test.each([
  ['no JSON', '{"title": "a",}', 'grafana/json'],
  ['a version that is no number', dashboard([], { schemaVersion: 'latest' }), 'grafana/schema'],
  ['an empty title', dashboard([], { title: ' ' }), 'grafana/schema'],
  ['a uid that Grafana does not take', dashboard([], { uid: 'a b' }), 'grafana/schema'],
  ['no title', JSON.stringify({ schemaVersion: 1, panels: [] }), 'grafana/schema'],
  ['a panel without a type', dashboard([panel({ type: undefined })]), 'grafana/schema'],
  [
    'a place that is a text',
    dashboard([panel({ gridPos: { x: '0', y: 0, w: 1, h: 1 } })]),
    'grafana/schema',
  ],
  [
    'a panel wider than the grid',
    dashboard([panel({ gridPos: { x: 20, y: 0, w: 12, h: 8 } })]),
    'grafana/grid',
  ],
  ['broken PromQL', query('sum(rate(x[5m])'), 'grafana/promql'],
  ['a rate without a range', query('rate(x{a="$job"})'), 'grafana/promql'],
  [
    'one refId twice',
    dashboard([panel({ targets: [{ refId: 'A' }, { refId: 'A' }] })]),
    'grafana/ref-id',
  ],
  [
    'a variable of no type',
    dashboard([], { templating: { list: [{ name: 'a', type: 'qery' }] } }),
    'grafana/schema',
  ],
  ['nesting without end', '['.repeat(5_000), 'grafana/json'],
])('refuses %s', async (_what, content, rule) => {
  expect(brief(await judge('grafana', content), 'error')).toContain(`${rule}@1`);
});

test.each([
  ['an undefined variable', query('x{a="$nobody"}')],
  ['an undefined repeat', dashboard([panel({ repeat: 'nobody' })])],
  [
    'an undefined data source',
    dashboard([panel({ datasource: { type: 'prometheus', uid: '$other' } })]),
  ],
])('tells %s, which Grafana takes as it stands', async (_what, content) => {
  expect(brief(await judge('grafana', content), 'warning')).toContain(
    'grafana/undefined-variable@1',
  );
});

test('panels that overlap, and ids that are there twice, are told: Grafana mends both', async () => {
  const found = await judge('grafana', dashboard([panel(), panel()]));
  expect(brief(found, 'warning').toSorted()).toEqual(['grafana/overlap@1', 'grafana/panel-id@1']);
});

test('JSON is read with the lines of its values, and keys that are there twice', () => {
  const read = readJson('{\n  "a": [\n    1,\n    {"b": 2,\n "b": 3}\n  ]\n}');
  expect(read.ok && read.value).toEqual({ a: [1, { b: 3 }] });
  expect(read.ok && read.lineOf(['a', 1, 'b'])).toBe(5);
  expect(read.ok && read.twice).toEqual([{ key: 'b', line: 5 }]);
  expect(readJson('{"a": 01}').ok).toBe(false);
  expect(readJson('"a\tb"').ok).toBe(false);
  expect(readJson('{"__proto__": 1}').ok && readJson('{"a": "\\u00e9ü\u2028"}').ok).toBe(true);
});
