import { describe, expect, it } from 'vitest';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from './fixtures.ts';

const of = service({
  name: 'web',
  kind: 'web',
  ports: [3000],
  metrics: { library: 'express-prom-bundle', path: '/metrics', own: [] },
});

/** The files of a kind in a project that has these, each of the kind that the scan tells. */
function write(
  kind: ArtifactKind,
  existing: Readonly<Record<string, readonly [kind: string, content: string]>>,
  isOurs = false,
) {
  const scan = project([of], {
    existing: Object.entries(existing).map(([path, [is]]) => ({ kind: is, path })),
  });
  const reads = readPaths(kind, scan, null, defaultTarget);
  const texts = new Map(
    Object.entries(existing)
      .filter(([path]) => reads.includes(path))
      .map(([path, [, content]]) => [path, { content, isOurs }] as const),
  );
  return generateArtifacts(kind, scan, null, { target: defaultTarget, texts });
}

const paths = (files: ReturnType<typeof write>) => files.map(({ path }) => path);
const said = (files: ReturnType<typeof write>) =>
  files.flatMap(({ notes = [] }) => notes.map(({ message }) => message)).join('\n');

const alerts =
  'groups:\n  - name: g\n    rules:\n      - alert: Down # mine\n        expr: up == 0\n';
const dashboard = (expr: string) =>
  JSON.stringify({ uid: 'a', schemaVersion: 39, panels: [{ targets: [{ expr }] }] });
const config =
  'receivers:\n  otlp:\nexporters:\n  debug:\nservice:\n  pipelines:\n    logs:\n      receivers: [otlp]\n      exporters: [debug]\n';

// Catches: a project that ends up with two of what its author has one of.
describe('beside an author’s', () => {
  it('collector that takes OTLP none of ours is written; beside another one it is', () => {
    const files = write('collector', { 'otel/config.yaml': ['collector', config] });
    expect(paths(files)).toEqual(['otel/config.yaml']);
    expect(files[0]?.content).toContain('memory_limiter');
    expect(said(files)).toContain('ours is not written beside it');
    const other = config.replaceAll('otlp', 'zipkin');
    expect(paths(write('collector', { 'otel/config.yaml': ['collector', other] }))).toEqual([
      'observability/collector/collector.yaml',
      'otel/config.yaml',
    ]);
  });

  it('alerts only our recording rules are, and beside monitors no monitor', () => {
    const all = paths(write('prometheus', {}));
    expect(all).toEqual(
      ['rules', 'prometheusrule', 'servicemonitor'].map(
        (one) => `observability/prometheus/${one}.yaml`,
      ),
    );
    const files = write('prometheus', { 'mon/alerts.yml': ['prometheus-rules', alerts] });
    expect(paths(files)).toEqual([...all, 'mon/alerts.yml']);
    expect(files[0]?.content).toContain('record:');
    expect(files[0]?.content).not.toContain('alert:');
    expect(files.at(-1)?.content).toBe(alerts);
    expect(said(files)).toContain('woken twice');
    const monitor =
      'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: a}\n';
    const besides = paths(write('prometheus', { 'k8s/monitor.yaml': ['kubernetes', monitor] }));
    expect(besides).toEqual(all.slice(0, 2));
  });

  it('dashboard of the same metrics none of ours is, beside another one it is', () => {
    const same = write('grafana', {
      'grafana/a.json': ['grafana', dashboard('rate(http_request_duration_seconds_count[5m])')],
    });
    expect(paths(same)).toEqual(['grafana/a.json']);
    const other = write('grafana', { 'grafana/a.json': ['grafana', dashboard('node_load1')] });
    expect(paths(other)).toEqual([
      expect.stringContaining('observability/grafana/'),
      'grafana/a.json',
    ]);
  });

  it('policies only rules that they lack are, in the author’s namespace', () => {
    const latest =
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata:\n  name: p\nspec:\n  rules:\n    - name: r\n      match: { any: [{ resources: { kinds: [Pod] } }] }\n      validate:\n        failureAction: Audit\n        message: m\n        pattern: { spec: { containers: [{ image: "!*:latest" }] } }\n';
    const files = write('policies', {
      'pol/latest.yaml': ['kyverno', latest],
      'deploy/ns.yaml': [
        'kubernetes',
        'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: mine\n',
      ],
    });
    expect(paths(files)).toEqual(['policies/kyverno.yaml', 'pol/latest.yaml']);
    expect(files[0]?.content).toContain('namespace: mine');
    expect(files[0]?.content).not.toContain('disallow-latest');
    expect(files[1]?.content).toBe(latest);
    expect(said(files)).toContain('not written for it: disallow-latest');
  });

  // Catches: a second run that is another than the first, since the scan finds what the first wrote.
  it.each([
    ['prometheus', 'prometheus-rules'],
    ['grafana', 'grafana'],
    ['collector', 'collector'],
    ['policies', 'kyverno'],
  ] as const)('%s of ours stays as it was, known as ours or not', (kind, is) => {
    const made = write(kind, {});
    const there = Object.fromEntries(
      made.map(({ path, content }) => [path, [is, content] as const]),
    );
    for (const isOurs of [true, false]) {
      const again = write(kind, there, isOurs);
      expect(again.map(({ path, content }) => [path, content])).toEqual(
        made.map(({ path, content }) => [path, content]),
      );
    }
    const [first] = made;
    const edited = { ...there, [first?.path ?? '']: [is, `${first?.content}\n`] as const };
    expect(write(kind, edited)[0]?.content).toBe(`${first?.content}\n`);
  });
});
