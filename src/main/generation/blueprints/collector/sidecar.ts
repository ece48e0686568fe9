import { selectorOf } from '../kubernetes/context.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import type { Observed } from '../observability/observed.ts';
import { collectorContainer, configVolume } from './container.ts';
import { collectorName, metricsPort, otlpHttpPort } from './names.ts';

/** What all sidecars of a project share: their configuration, and the way in for Prometheus. */
export function sidecarObjects(project: string, config: string): readonly Manifest[] {
  const name = collectorName(project);
  const metadata = { name, labels: { ...selectorOf(name), 'app.kubernetes.io/part-of': project } };
  return [
    {
      comment: ' What the collector beside each service does; kustomization.yaml puts it there.',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.yaml': config } },
    },
    {
      comment: ' The policies of the services let in their own ports only.',
      object: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata,
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/part-of': project } },
          policyTypes: ['Ingress'],
          ingress: [{ ports: [{ protocol: 'TCP', port: metricsPort.name }] }],
        },
      },
    },
  ];
}

/** A patch of a service's Deployment that puts a collector beside it, and sends to it. */
export function sidecarPatch(project: string, { name }: Observed): object {
  const collector = collectorContainer(
    'collector',
    [metricsPort],
    [{ name: 'SERVICE_NAME', value: name }],
  );
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      template: {
        spec: {
          // It starts before the service and ends after it: a sidecar since Kubernetes 1.29.
          initContainers: [{ ...collector, restartPolicy: 'Always' }],
          containers: [
            {
              name,
              env: [
                {
                  name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
                  value: `http://localhost:${otlpHttpPort.port}`,
                },
              ],
            },
          ],
          volumes: [configVolume(collectorName(project))],
        },
      },
    },
  };
}
