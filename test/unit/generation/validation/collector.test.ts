import { expect, test } from 'vitest';
import { detectFormat } from '#main/generation/validation/detect-format.ts';
import { brief, judge } from './expect-findings.ts';

const env = (name: string) => `$\{${name}}`;
const good = `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
      http:
        endpoint: 0.0.0.0:4318
processors:
  memory_limiter:
    check_interval: 1s
    limit_percentage: 80
  batch:
exporters:
  otlp/backend:
    endpoint: ${env('env:BACKEND')}
connectors:
  spanmetrics:
extensions:
  health_check:
    endpoint: 0.0.0.0:13133
service:
  extensions: [health_check]
  telemetry:
    logs: {level: info}
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, batch]
      exporters: [otlp/backend, spanmetrics]
    metrics/red:
      receivers: [spanmetrics]
      exporters: [otlp/backend]
`;

test('accepts a configuration, also within a ConfigMap', async () => {
  expect(await judge('collector', good)).toEqual([]);
  expect(detectFormat('otel.yaml', good)).toBe('collector');
});

test.each([
  [
    'a batch that waits for words',
    '  batch:',
    '  batch: {timeout: 5 seconds}',
    'collector/setting@12',
  ],
  ['a field of no batch', '  batch:', '  batch: {batch_size: 5}', 'collector/unknown-field@12'],
  ['a share that is no number', 'percentage: 80', 'percentage: 80%', 'collector/setting@11'],
  ['a protocol of no kind', '      grpc:', '      gprc:', 'collector/unknown-field@4'],
  [
    'protocols as a list',
    / {4}protocols:[\s\S]*?:4318\n/,
    '    protocols: [grpc]\n',
    'collector/setting@3',
  ],
  ['no protocol', / {4}protocols:[\s\S]*?:4318\n/, '', 'collector/setting@2'],
  ['an unknown section', 'processors:\n', 'procesors:\n', 'collector/unknown-field@8'],
  ['an unknown type', 'otlp/backend:', 'otpl/backend:', 'collector/component@14'],
  [
    'a component that is gone',
    '  spanmetrics:\n',
    '  spanmetrics:\n  logging:\n',
    'collector/component@18',
  ],
  ['an undefined receiver', 'receivers: [otlp]', 'receivers: [otlp/x]', 'collector/undefined@27'],
  ['an undefined extension', '[health_check]', '[pprof]', 'collector/undefined@22'],
  ['a pipeline of nothing', 'traces:', 'trace:', 'collector/pipeline@26'],
  ['no exporters', '      exporters: [otlp/backend]\n', '', 'collector/pipeline@30'],
  ['a list that is none', 'receivers: [otlp]', 'receivers: otlp', 'collector/pipeline@27'],
  ['a field of no pipeline', 'processors: [mem', 'processor: [mem', 'collector/unknown-field@28'],
  [
    'a processor twice',
    '[memory_limiter, batch]',
    '[memory_limiter, batch, batch]',
    'collector/twice@28',
  ],
  ['half a connector', ', spanmetrics]', ']', 'collector/connector@17'],
  ['a port twice', 'endpoint: 0.0.0.0:13133', 'endpoint: 0.0.0.0:4317', 'collector/port@20'],
  ['a limiter without an interval', '    check_interval: 1s\n', '', 'collector/setting@9'],
  [
    'an exporter without an address',
    `    endpoint: ${env('env:BACKEND')}\n`,
    '',
    'collector/setting@14',
  ],
  ['a variable of no scheme', 'env:BACKEND', 'evn:BACKEND', 'collector/variable@15'],
  ['a bad name of a variable', 'env:BACKEND', 'env:1BACK', 'collector/variable@15'],
  ['no service', /service:.*/s, '', 'collector/missing@1'],
  ['no pipelines', / {2}pipelines:.*/s, '', 'collector/no-pipeline@21'],
  ['a tab', '  otlp:', '\totlp:', 'collector/yaml@2'],
  ['a key twice', '  batch:\n', '  batch:\n  batch:\n', 'collector/duplicate-key@13'],
])('refuses %s', async (_what, old, instead, found) => {
  const broken = good.replace(old, instead);
  expect(broken).not.toBe(good);
  expect(brief(await judge('collector', broken), 'error')).toContain(found);
});

test.each([
  ['what nothing uses', '  batch:\n', '  batch:\n  filter:\n', 'collector/unused@13'],
  [
    'a limiter that is not first',
    '[memory_limiter, batch]',
    '[batch, memory_limiter]',
    'collector/order@28',
  ],
  ['the old way to name a variable', env('env:BACKEND'), '$BACKEND', 'collector/variable@15'],
])('warns of %s', async (_what, old, instead, found) => {
  expect(brief(await judge('collector', good.replace(old, instead)), 'warning')).toContain(found);
});

test('a configuration in a ConfigMap is judged, on the lines of the ConfigMap', async () => {
  const carried = (config: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  config.yaml: |\n${config.replace(/^(?=.)/gm, '    ')}`;
  expect(await judge('kubernetes', carried(good))).toEqual([]);
  const broken = carried(good.replace('receivers: [otlp]', 'receivers: [otlq]'));
  expect(brief(await judge('kubernetes', broken), 'error')).toEqual(['collector/undefined@33']);
});
