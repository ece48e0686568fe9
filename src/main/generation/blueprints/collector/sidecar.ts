import { selectorOf } from '../kubernetes/context.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import type { Observed } from '../observability/observed.ts';
import { collectorContainer, configVolume } from './container.ts';
import { collectorName, metricsPort, otlpHttpPort } from './names.ts';

/** What all sidecars of a project share: their configuration, and the way in for Prometheus. */
export function sidecarObjects(
  project: string,
  config: string,
  services: readonly Observed[],
): readonly Manifest[] {
  const name = collectorName(project);
  const labels = { ...selectorOf(name), 'app.kubernetes.io/part-of': project };
  const metadata = { name, labels };
  const policy = (called: string, matchLabels: object, comment: string | null): Manifest => ({
    comment,
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: called, labels },
      spec: {
        podSelector: { matchLabels },
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ protocol: 'TCP', port: metricsPort.name }] }],
      },
    },
  });
  const ours = { 'app.kubernetes.io/part-of': project };
  return [
    {
      comment: ' What the collector beside each service does; kustomization.yaml puts it there.',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.yaml': config } },
    },
    policy(name, ours, ' The policies of the services let in their own ports only.'),
    ...services.flatMap(({ name: own, deployed }) =>
      deployed === null ? [] : [policy(`${own}-collector`, deployed.labels, null)],
    ),
  ];
}

/** A patch of a service's Deployment that puts a collector beside it, and sends to it. */
export function sidecarPatch(project: string, { name, container, deployed }: Observed): object {
  const collector = collectorContainer(
    'collector',
    [metricsPort],
    [{ name: 'SERVICE_NAME', value: name }],
  );
  return {
    apiVersion: 'apps/v1',
    kind: deployed?.kind ?? 'Deployment',
    metadata: { name },
    spec: {
      template: {
        spec: {
          // It starts before the service and ends after it: a sidecar since Kubernetes 1.29.
          initContainers: [{ ...collector, restartPolicy: 'Always' }],
          containers: [
            {
              name: container,
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
