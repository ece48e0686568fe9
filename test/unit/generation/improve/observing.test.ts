import { describe, expect, it } from 'vitest';
import {
  improveCollector,
  takesOtlp,
} from '#main/generation/improve/collector/improve-collector.ts';
import { readDashboard } from '#main/generation/improve/grafana/read-dashboard.ts';
import { improveKubernetes } from '#main/generation/improve/kubernetes/improve-kubernetes.ts';
import { improveKyverno } from '#main/generation/improve/policies/improve-kyverno.ts';
import { readRules } from '#main/generation/improve/prometheus/read-rules.ts';
import { judge } from '../validation/expect-findings.ts';

function collector(text: string) {
  const improved = improveCollector(text);
  expect(improveCollector(improved.content).content, 'once more').toBe(improved.content);
  return { text: improved.content, left: improved.left.map((one) => one.text).join('\n') };
}

const config = `# ours
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
exporters:
  otlp/backend: { endpoint: "tempo:4317" } # keep
  logging:
    loglevel: debug
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp/backend, logging]
    profiles:
      receivers: [otlp]
      exporters: [logging]
`;

describe('a collector', () => {
  it('gets a limit of memory, batches and the exporter that is left, and keeps all else', async () => {
    const { text, left } = collector(config);
    expect(text).toBe(`# ours
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
processors:
  memory_limiter:
    check_interval: 1s
    limit_percentage: 80
    spike_limit_percentage: 20
  batch: {}
exporters:
  otlp/backend: { endpoint: "tempo:4317" } # keep
  debug:
    verbosity: detailed
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors:
        - memory_limiter
        - batch
      exporters: [otlp/backend, debug]
    profiles:
      receivers: [otlp]
      exporters: [debug]
`);
    expect(left).toContain('from 0.86 on');
    expect(left).toContain('0.0.0.0');
    expect((await judge('collector', text)).filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
  });

  it('has its own processors used, first and last, in the style of its lists', () => {
    const own = config
      .replace(
        'exporters:\n  otlp',
        'processors:\n  memory_limiter: {check_interval: 1s, limit_mib: 400}\n  attributes/x: {}\n  batch:\nexporters:\n  otlp',
      )
      .replace(
        'receivers: [otlp]\n      exporters: [otlp',
        'receivers: [otlp]\n      processors: [attributes/x]\n      exporters: [otlp',
      );
    expect(collector(own).text).toContain('processors: [memory_limiter, attributes/x, batch]');
  });

  it.each([
    ['a part, to be merged with others', config.replace('[otlp/backend, logging]', '[elsewhere]')],
    [
      'an exporter that would be there twice',
      config
        .replace('  logging:', '  debug: {}\n  logging:')
        .replace(
          / {2}traces:[\s\S]*profiles:/,
          '  traces:\n      receivers: [otlp]\n      processors: [memory_limiter]\n      exporters: [debug, logging]\n    profiles:',
        ),
    ],
    ['an alias bomb', `a: &a [x]\nb: *a\n${'['.repeat(3_000)}`],
  ])('is left: %s', (_what, text) => {
    expect(collector(text).text).toBe(text);
  });

  it('is not given batches where its exporter makes them', () => {
    const batched = config.replace(
      '"tempo:4317" }',
      '"tempo:4317", sending_queue: { batch: {} } }',
    );
    expect(collector(batched).text).not.toContain('- batch');
  });

  it('takes what services send, or not', () => {
    expect(takesOtlp(config)).toBe(true);
    expect(takesOtlp(config.replaceAll('otlp:', 'zipkin:').replaceAll('[otlp]', '[zipkin]'))).toBe(
      false,
    );
  });
});

describe('a Kyverno policy', () => {
  const policy = (action: string, more = '') =>
    `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata:\n  name: p # keep\nspec:\n  validationFailureAction: ${action}\n  background: true\n${more}  rules:\n    - name: r\n      match: { any: [{ resources: { kinds: [Pod] } }] }\n      validate:\n        # why\n        message: set it\n        pattern: { spec: { hostNetwork: "false" } }\n`;

  it('says in its rules that it reports', async () => {
    const { content } = improveKyverno(policy('audit'));
    expect(content).toBe(
      policy('audit')
        .replace('  validationFailureAction: audit\n', '')
        .replace('        message', '        failureAction: Audit\n        message'),
    );
    expect(await judge('kyverno', content)).toEqual([]);
    expect(improveKyverno(content).content).toBe(content);
  });

  // Catches: a policy that refused, and only reports from then on in an older Kyverno.
  it.each([
    policy('Enforce'),
    policy(
      'Audit',
      '  validationFailureActionOverrides:\n    - action: Enforce\n      namespaces: [prod]\n',
    ),
    policy('Audit').replace('validate:', 'mutate:'),
  ])('is left where another action could come of it', (text) => {
    const { content, left } = improveKyverno(text);
    expect(content).toBe(text);
    expect(left).toHaveLength(1);
  });
});

describe('a namespace', () => {
  const text =
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop # ours\n  labels: { team: a }\n';

  it('warns, and refuses nothing', () => {
    const { content } = improveKubernetes(text, () => null);
    expect(content).toBe(
      text.replace(
        'a }',
        'a, pod-security.kubernetes.io/audit: "restricted", pod-security.kubernetes.io/warn: "restricted" }',
      ),
    );
    expect(improveKubernetes(content, () => null).content).toBe(content);
  });

  it.each([
    text.replace('team: a', 'pod-security.kubernetes.io/enforce: baseline'),
    text.replace('name: shop', 'name: kube-system'),
  ])('is left where it says so itself, or is the cluster’s', (one) => {
    expect(improveKubernetes(one, () => null).content).toBe(one);
  });
});

it('rules are read, and told of where they differ among themselves', () => {
  const rules =
    'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up == 0\n        labels: { severity: page }\n      - alert: B\n        expr: up == 0\n      - record: a:b\n        expr: up\n';
  expect(readRules(rules)).toMatchObject({
    alerts: 2,
    records: 1,
    monitors: false,
    left: [{ line: 7 }],
  });
  expect(readRules(rules.replace('        labels: { severity: page }\n', '')).left).toEqual([]);
  expect(readRules('kind: ServiceMonitor\napiVersion: monitoring.coreos.com/v1\n').monitors).toBe(
    true,
  );
  expect(readRules('groups: [').alerts).toBe(0);
});

it('dashboards are read: what they ask, and what ties them to one Grafana', () => {
  const dashboard = {
    panels: [
      {
        panels: [
          { targets: [{ expr: 'rate(x_total[5m])' }], datasource: { uid: 'P1809F7CD0C75ACF3' } },
        ],
      },
      { targets: [{ expr: 'up' }], datasource: { uid: '$datasource' } },
    ],
  };
  const { expressions, left } = readDashboard(JSON.stringify(dashboard, null, 2));
  expect(expressions).toEqual(['up', 'rate(x_total[5m])']);
  expect(left.map(({ line }) => line)).toEqual([1, 12]);
  expect(readDashboard('{').left).toEqual([]);
});
