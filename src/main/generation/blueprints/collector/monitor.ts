import type { CollectorMode } from '#shared/target.ts';
import { selectorOf } from '../kubernetes/context.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import type { Observed } from '../observability/observed.ts';
import { operatorApi, scrapeInterval } from '../prometheus/monitors.ts';
import { collectorName, metricsPort } from './names.ts';

const endpoint = {
  port: metricsPort.name,
  path: '/metrics',
  interval: scrapeInterval,
  honorLabels: true,
} as const;

/**
 * How the Prometheus operator finds what services sent to the collector; nothing where none of them sends.
 * It stands with the collector: where that is not, a monitor of it would find nothing.
 */
export function collectorMonitors(
  project: string,
  services: readonly Observed[],
  mode: CollectorMode,
): readonly Manifest[] {
  const pushes = services.filter((one) => one.pushes);
  if (pushes.length === 0) return [];
  return mode === 'gateway' ? [gatewayMonitor(project)] : sidecarMonitors(project, pushes);
}

const head = ' For the Prometheus operator; without it leave this file out and scrape the port';

function gatewayMonitor(project: string): Manifest {
  const name = collectorName(project);
  const labels = { ...selectorOf(name), 'app.kubernetes.io/part-of': project };
  return {
    comment: `${head} ${metricsPort.port} of the collector.\n Services that send by OTLP are scraped at the collector, which keeps their own job.`,
    object: {
      apiVersion: operatorApi,
      kind: 'ServiceMonitor',
      metadata: { name, labels },
      spec: { selector: { matchLabels: selectorOf(name) }, endpoints: [endpoint] },
    },
  };
}

/** Pods of ours together, by the label that they share, and those of an author by the labels that these have. */
function sidecarMonitors(project: string, services: readonly Observed[]): readonly Manifest[] {
  const ours = services.filter(({ deployed }) => deployed === null).map(({ name }) => name);
  const expression = { key: 'app.kubernetes.io/name', operator: 'In', values: ours };
  const theirs = services.flatMap(({ name, deployed }) =>
    deployed === null ? [] : [{ name: `${name}-collector`, matchLabels: deployed.labels }],
  );
  return [
    ...(ours.length > 0
      ? [podMonitor(project, collectorName(project), { matchExpressions: [expression] })]
      : []),
    ...theirs.map(({ name, matchLabels }) => podMonitor(project, name, { matchLabels })),
  ];
}

function podMonitor(project: string, name: string, selector: object): Manifest {
  return {
    comment: `${head} ${metricsPort.port} of the pods.\n Services that send by OTLP are scraped at the collector beside them, which keeps their own job.`,
    object: {
      apiVersion: operatorApi,
      kind: 'PodMonitor',
      metadata: { name, labels: { 'app.kubernetes.io/part-of': project } },
      spec: { selector, podMetricsEndpoints: [endpoint] },
    },
  };
}
