import { describe, expect, it, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { detectFormat } from '#main/generation/validation/detect-format.ts';
import { judge } from '#main/generation/validation/judge.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { type Metrics, metricsLibraries } from '#shared/service-metrics.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service, stacks } from './fixtures.ts';

const told = (name: string, metrics: Metrics): Service =>
  service({ name, path: name, context: name, metrics });
const micrometer: Metrics = { library: 'micrometer', path: '/actuator/prometheus', own: [] };
const sent: Metrics = { library: 'opentelemetry', path: null, own: [] };
const mixed = [
  told('orders', micrometer),
  told('carts', micrometer),
  told('users', sent),
  service({ name: 'silent', path: 'silent' }),
  service({ name: 'once', path: 'once', kind: 'job' }),
];

const files = (kind: ArtifactKind, services: readonly Service[]) =>
  generateArtifacts(kind, project(services), null);
const text = (kind: ArtifactKind, services: readonly Service[], end: string): string =>
  files(kind, services).find(({ path }) => path.endsWith(end))?.content ?? '';

const every = (Object.values(stacks) as Service[]).map((of, index) => ({
  ...of,
  name: `${of.name}-${index}`,
  path: `s${index}`,
}));
const libraries = metricsLibraries.map((library) =>
  told(library, { library, path: library === 'opentelemetry' ? null : '/metrics', own: [] }),
);

describe.each(['prometheus', 'grafana', 'collector'] as const)('%s', (kind) => {
  it.each([
    ['services of all kinds', mixed],
    ['one of each stack', every],
    ['one of each library', libraries],
    ['a job alone', [service({ kind: 'job' })]],
    [
      '200 services',
      Array.from({ length: 200 }, (_, n) => told(`service-number-${n}`, micrometer)),
    ],
  ])('has nothing to find for %s', async (_what, services) => {
    const written = files(kind, services);
    for (const { path, content } of written) {
      const format = detectFormat(path, content);
      expect(format, path).not.toBeNull();
      if (format) expect(await judge({ path, content, format }), path).toEqual([]);
    }
    expect(files(kind, services)).toEqual(written);
  });

  it('asks for a service that runs', () => {
    expect(() => files(kind, [service({ kind: 'library' })])).toThrow(/nothing to watch/);
  });
});

test('rules ask for the metrics that services have, and for the platform’s of those that have none', () => {
  const { groups } = parse(text('prometheus', mixed, '/rules.yaml'));
  const expressions = JSON.stringify(groups);
  expect(expressions).toContain('http_server_requests_seconds_count{job=~\\"orders|carts\\"');
  expect(expressions).toContain('http_server_request_duration_seconds_bucket{job=\\"users\\"');
  expect(expressions).toContain(
    'kube_deployment_status_replicas_available{deployment=\\"silent\\"',
  );
  expect(expressions).toContain('kube_job_status_failed{job_name=\\"once\\"');
  const { spec } = parse(text('prometheus', mixed, '/prometheusrule.yaml'));
  expect(spec.groups).toEqual(groups);
});

test('alerts on the budget need a long and a short window, and what they read is recorded', () => {
  const { groups } = parse(text('prometheus', mixed, '/rules.yaml'));
  const rules = groups.flatMap((group: { rules: object[] }) => group.rules);
  const names = new Set(rules.map((rule: { record?: string }) => rule.record));
  const burn = rules.find((rule: { alert?: string }) => rule.alert === 'ErrorBudgetBurnsFast');
  expect(burn.expr).toMatch(/ratio_rate1h\{.*14\.4 \* 0\.001\nand\n.*ratio_rate5m/);
  const read = [...JSON.stringify(rules).matchAll(/job:[a-z_]+:\w+/g)].map(([name]) => name);
  expect(read.filter((name) => !names.has(name))).toEqual([]);
});

test('monitors select the Services of the manifests, by their labels and the name of their port', () => {
  const monitors = parseAllDocuments(text('prometheus', mixed, '/servicemonitor.yaml')).map((one) =>
    one.toJS(),
  );
  const orders = mixed[0] as Service;
  const manifests = generateArtifacts('kubernetes', project(mixed), orders)[0]?.content ?? '';
  const reached = parseAllDocuments(manifests)
    .map((one) => one.toJS())
    .find(({ kind }) => kind === 'Service');
  const { selector, endpoints } = monitors.find(({ metadata }) => metadata.name === 'orders').spec;
  expect(reached.metadata.labels).toMatchObject(selector.matchLabels);
  expect(reached.spec.ports.map(({ name }: { name: string }) => name)).toContain(endpoints[0].port);
  expect(endpoints[0].path).toBe('/actuator/prometheus');
  // Catches: a monitor of a collector that is not part of the run, which finds nothing.
  expect(monitors.map(({ metadata }) => metadata.name)).toEqual(['orders', 'carts']);
});

test('a dashboard has rows for each way of telling, on data sources that it defines', () => {
  const dashboard = JSON.parse(text('grafana', mixed, '.json'));
  const rows = dashboard.panels.filter(({ type }: { type: string }) => type === 'row');
  expect(rows.map(({ repeat }: { repeat?: string }) => repeat)).toEqual([
    undefined,
    'service',
    'service_2',
    'service_3',
  ]);
  const values = dashboard.templating.list.map(({ query }: { query: unknown }) => query);
  expect(values.slice(2)).toEqual(['orders,carts', 'users', 'silent']);
  expect(dashboard.uid.length).toBeLessThanOrEqual(40);
});

test('services that have an SDK send to the collector that is there, and may', async () => {
  const [, , users] = mixed as [Service, Service, Service];
  const read = (content: string) => parseAllDocuments(content).map((one) => one.toJS());
  const manifests = read(generateArtifacts('kubernetes', project(mixed), users)[0]?.content ?? '');
  const collector = read(text('collector', mixed, '/collector.yaml'));
  const of = (all: typeof manifests, kind: string) => all.find((one) => one.kind === kind);
  const address = new URL(of(manifests, 'ConfigMap').data.OTEL_EXPORTER_OTLP_ENDPOINT);
  const reached = of(collector, 'Service');
  expect(address.hostname).toBe(reached.metadata.name);
  expect(reached.spec.ports.map(({ port }: { port: number }) => String(port))).toContain(
    address.port,
  );
  const out = JSON.stringify(of(manifests, 'NetworkPolicy').spec.egress);
  expect(out).toContain(JSON.stringify(reached.spec.selector));
  const monitor = of(read(text('collector', mixed, '/servicemonitor.yaml')), 'ServiceMonitor');
  expect(reached.metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
  expect(reached.spec.ports.map(({ name }: { name: string }) => name)).toContain(
    monitor.spec.endpoints[0].port,
  );
});

test('a sidecar is a component that patches each service that keeps running', async () => {
  const target = { ...defaultTarget, collector: 'sidecar' } as const;
  const [shared, component] = generateArtifacts('collector', project(mixed), null, {
    target,
    texts: new Map(),
  });
  expect(
    await judge({ path: 'a.yaml', content: shared?.content ?? '', format: 'kubernetes' }),
  ).toEqual([]);
  const { patches } = parse(component?.content ?? '');
  expect(patches.map((one: { target: { name: string } }) => one.target.name)).toEqual([
    'orders',
    'carts',
    'users',
    'silent',
  ]);
  const { spec } = parse(patches[0].patch).spec.template;
  expect(spec.initContainers[0].restartPolicy).toBe('Always');
  expect(spec.volumes[0].configMap.name).toBe(
    parseAllDocuments(shared?.content ?? '')[0]?.toJS().metadata.name,
  );
  expect(component?.content).not.toMatch(/[&*]a1/);
});
