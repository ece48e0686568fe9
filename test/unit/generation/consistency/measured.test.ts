import { describe, expect, it } from 'vitest';
import type { ComparedFile } from '#main/generation/consistency/claim.ts';
import { contradictions, file, manifest, messages } from './files.ts';

type Change = (text: string) => string;
const same: Change = (text) => text;

const rules = (change: Change = same) =>
  file(
    'observability/rules.yaml',
    change(`groups:
  - name: shop
    rules:
      - record: job:slo_errors:ratio_rate5m
        expr: sum by (job) (rate(http_server_request_duration_seconds_count{job=~"checkout|orders|worker"}[5m]))
        labels: { project: shop }
      - alert: NoPodReady
        expr: kube_deployment_status_replicas_available{deployment=~"checkout|orders|worker"} == 0
        labels: { project: shop }
`),
  );
const ruleObject = (change: Change = same) =>
  file(
    'observability/prometheusrule.yaml',
    change(
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: shop }\nspec:\n${rules()
        .content.split('\n')
        .map((line) => `  ${line}`)
        .join('\n')}`,
    ),
  );
const dashboard = (change: Change = same) =>
  file(
    'observability/dashboard.json',
    change(`{
  "title": "shop", "schemaVersion": 41,
  "templating": { "list": [
    { "name": "service", "type": "custom", "query": "checkout,orders,worker" }
  ] },
  "panels": [
    { "targets": [
      { "expr": "max(job:slo_errors:ratio_rate5m{project=\\"shop\\"})" },
      { "expr": "sum(rate(http_server_request_duration_seconds_count{job=\\"$service\\"}[$__rate_interval]))" },
      { "expr": "count(ALERTS{project=\\"shop\\",alertstate=\\"firing\\"})" }
    ] }
  ]
}
`),
  );
const manifests = [
  ...['checkout', 'worker'].map((name) => manifest(name)),
  manifest('orders', { env: ['OTEL_SEMCONV_STABILITY_OPT_IN'] }),
].map((one) => ({
  ...one,
  content: one.content.replace('OPT_IN, value: x', 'OPT_IN, value: http'),
}));
const found = (...files: readonly ComparedFile[]) => contradictions(...manifests, ...files);

describe('what measures', () => {
  it('agrees with what is there', async () => {
    expect(await found(rules(), ruleObject(), dashboard())).toEqual([]);
  });

  it.each([
    ['workload', ['"checkout|orders|worker"} ==', '"checkout|ordres|worker"} =='], 8],
    ['job', ['job=~"checkout|', 'job=~"billing|'], 5],
    ['metric', ['duration_seconds_count', 'duration_second_count'], 5],
    [
      'convention',
      ['http_server_request_duration_seconds_count', 'http_server_duration_milliseconds_count'],
      5,
    ],
  ] as const)('tells another %s in rules', async (_what, [from, to], line) => {
    const place = (one: string) => Number(/:(\d+)/.exec(one)?.[1]);
    const all = await found(rules((text) => text.replace(from, to)));
    expect(all.map((one) => one.split(' ')[1])).toEqual(['omega/measures-nothing']);
    // The line of the rule, which is not always that of its expression.
    expect(line - place(all[0] ?? '')).toBeLessThanOrEqual(1);
  });

  it.each([
    ['service', ['checkout,orders,', 'checkout,order,'], 4],
    ['recorded metric', ['ratio_rate5m', 'ratio_rate9m'], 8],
    [
      'label',
      [
        'project=\\"shop\\"})" },\n      { "expr": "sum',
        'project=\\"store\\"})" },\n      { "expr": "sum',
      ],
      8,
    ],
    ['label of alerts', ['ALERTS{project=\\"shop', 'ALERTS{project=\\"store'], 10],
  ] as const)('tells another %s in dashboards', async (_what, [from, to], line) => {
    const changed = dashboard((text) => text.replace(from, to));
    expect(changed.content).not.toBe(dashboard().content);
    expect(await found(rules(), changed)).toEqual([
      `observability/dashboard.json:${line} omega/measures-nothing`,
    ]);
  });

  it('tells rules that differ from their copy', async () => {
    const changed = ruleObject((text) => text.replace('[5m]', '[15m]'));
    expect(await found(rules(), changed)).toEqual([
      'observability/prometheusrule.yaml:8 omega/rules-differ',
    ]);
  });

  it('names the thing that was meant', async () => {
    const [message] = await messages(
      ...manifests,
      rules((text) => text.replaceAll('orders', 'ordres')),
    );
    expect(message).toContain('Did you mean "orders"?');
  });

  it('may speak of systems, exporters and rules of others', async () => {
    const others = rules(
      (text) =>
        `${text}      - alert: DatabaseDown
        expr: kube_deployment_status_replicas_available{deployment="postgres"} == 0 or up{job="node-exporter"} == 0
      - alert: Slow
        expr: node_namespace_pod_container:container_memory_working_set_bytes{container=~"istio-.*"} > 1
`,
    );
    expect(await found(others, dashboard())).toEqual([]);
  });

  it('may be broken', async () => {
    const bad = rules((text) => text.replaceAll('sum by (job) (', 'sum by ((('));
    expect(
      await found(
        bad,
        dashboard((text) => text.slice(0, 200)),
      ),
    ).toEqual([]);
  });
});

const monitor = (port: string, label = 'orders') =>
  file(
    'observability/servicemonitor.yaml',
    `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: orders }\nspec:\n  selector: { matchLabels: { app: ${label} } }\n  endpoints:\n    - port: ${port}\n`,
  );

describe('monitors', () => {
  it('find Services and their ports by name', async () => {
    expect(await found(monitor('http'))).toEqual([]);
    expect(await found(monitor('metrics'))).toEqual([
      'observability/servicemonitor.yaml:7 omega/port-differs',
    ]);
    expect(await found(monitor('http', 'order'))).toEqual([
      'observability/servicemonitor.yaml:5 omega/selects-nothing',
    ]);
  });
});
