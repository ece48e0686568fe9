import type { CollectorMode } from '#shared/target.ts';
import { collectorName, metricsPort } from '../collector/names.ts';
import { selectorOf } from '../kubernetes/context.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import type { Observed } from '../observability/observed.ts';

const apiVersion = 'monitoring.coreos.com/v1';
const interval = '30s';

/** Who scrapes what: a ServiceMonitor for each service that answers, one for the collector of the rest. */
export function monitors(
  project: string,
  services: readonly Observed[],
  mode: CollectorMode,
): readonly Manifest[] {
  const scraped = services.flatMap(({ name, scrapes }) =>
    scrapes === null ? [] : [serviceMonitor(project, name, scrapes)],
  );
  const pushes = services.filter((one) => one.pushes);
  if (pushes.length === 0) return scraped;
  return [
    ...scraped,
    mode === 'gateway' ? gatewayMonitor(project) : sidecarMonitor(project, pushes),
  ];
}

function serviceMonitor(project: string, name: string, path: string): Manifest {
  const labels = { ...selectorOf(name), 'app.kubernetes.io/part-of': project };
  return {
    comment: null,
    object: {
      apiVersion,
      kind: 'ServiceMonitor',
      metadata: { name, labels },
      spec: {
        selector: { matchLabels: selectorOf(name) },
        endpoints: [{ port: 'http', path, interval, scrapeTimeout: '10s' }],
      },
    },
  };
}

function gatewayMonitor(project: string): Manifest {
  const name = collectorName(project);
  const labels = { ...selectorOf(name), 'app.kubernetes.io/part-of': project };
  return {
    comment: ' Services that send by OTLP are scraped at the collector, which keeps their own job.',
    object: {
      apiVersion,
      kind: 'ServiceMonitor',
      metadata: { name, labels },
      spec: {
        selector: { matchLabels: selectorOf(name) },
        endpoints: [{ port: metricsPort.name, path: '/metrics', interval, honorLabels: true }],
      },
    },
  };
}

function sidecarMonitor(project: string, services: readonly Observed[]): Manifest {
  const name = collectorName(project);
  return {
    comment:
      ' Services that send by OTLP are scraped at the collector beside them, which keeps their own job.',
    object: {
      apiVersion,
      kind: 'PodMonitor',
      metadata: { name, labels: { 'app.kubernetes.io/part-of': project } },
      spec: {
        selector: {
          matchExpressions: [
            {
              key: 'app.kubernetes.io/name',
              operator: 'In',
              values: services.map((one) => one.name),
            },
          ],
        },
        podMetricsEndpoints: [
          { port: metricsPort.name, path: '/metrics', interval, honorLabels: true },
        ],
      },
    },
  };
}
