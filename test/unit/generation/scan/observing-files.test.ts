import { expect, it } from 'vitest';
import { mayObserve, observingKind } from '#main/generation/scan/observing-files.ts';

const rules = 'groups:\n  - name: g\n    rules: []\n';
const monitor = 'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\n';
const policy = '# a\n---\napiVersion: kyverno.io/v1\nkind: ClusterPolicy\n';
const pod = 'apiVersion: v1\nkind: Pod\n';

// Catches: a file that is told by its name, and is something else.
it.each([
  ['otel/config.yaml', 'receivers:\nexporters:\nservice:\n', 'collector'],
  ['monitoring/app.rules.yml', rules, 'prometheus-rules'],
  ['monitoring/m.yaml', monitor, 'prometheus-rules'],
  ['monitoring/m.yaml', `${monitor}---\n${pod}`, null],
  ['grafana/a.json', '{"panels": [], "schemaVersion": 1}', 'grafana'],
  ['grafana/package.json', '{"name": "a"}', null],
  ['policies/a.yaml', policy, 'kyverno'],
  ['policies/a.yaml', `${pod}---\n${policy}`, null],
  ['policies/a.yaml', pod, null],
  ['prom/values.txt', rules, null],
])('%s is of the kind that its content tells', (path, text, kind) => {
  expect(mayObserve(path) ? observingKind(path, text) : null).toBe(kind);
});

it('does not look where nothing of the project’s own lies', () => {
  expect(mayObserve('src/main.yaml')).toBe(false);
  expect(mayObserve('tests/otel/config.yaml')).toBe(false);
  expect(mayObserve('vendor/prometheus/rules.yml')).toBe(false);
});
