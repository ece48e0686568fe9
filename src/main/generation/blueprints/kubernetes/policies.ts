import { collectorName, otlpHttpPort } from '../collector/names.ts';
import { backingSpecs } from '../compose/backing.ts';
import { sendsOtlp } from '../observability/observed.ts';
import { selectorOf, type Workload } from './context.ts';
import type { Manifest } from './objects.ts';

function named(
  workload: Workload,
  apiVersion: string,
  kind: string,
  spec: object,
  comment: string | null = null,
): Manifest {
  return {
    comment,
    object: { apiVersion, kind, metadata: { name: workload.name, labels: workload.labels }, spec },
  };
}

/** Scales between two and six pods by their load; a worker starts with one. */
export function autoscaler(workload: Workload): Manifest {
  const target = (name: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  return named(workload, 'autoscaling/v2', 'HorizontalPodAutoscaler', {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name },
    minReplicas: workload.port === null ? 1 : 2,
    maxReplicas: 6,
    metrics: [target('cpu', 75)],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  });
}

/** At most one pod at a time leaves for maintenance; a single worker does not block a drain. */
export function disruptionBudget(workload: Workload): Manifest {
  return named(workload, 'policy/v1', 'PodDisruptionBudget', {
    maxUnavailable: 1,
    selector: { matchLabels: workload.selector },
  });
}

/** Lets in the service's port only, and out to DNS, HTTPS, its backing services and the services that it calls. */
export function networkPolicy(workload: Workload): Manifest {
  const { service, port, labels } = workload;
  const project = labels['app.kubernetes.io/part-of'] ?? '';
  // Systems in pods beside it answer on their own ports; those that the cloud runs may have others.
  const { managedPorts } = workload.cluster;
  const systems = service.backingServices.flatMap((system) => [
    backingSpecs[system].port,
    ...(managedPorts?.[system] === undefined ? [] : [managedPorts[system]]),
  ]);
  const ports = [...new Set([443, ...systems])].sort((a, b) => a - b);
  return named(
    workload,
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      podSelector: { matchLabels: workload.selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: port === null ? [] : [{ ports: [{ protocol: 'TCP', port: 'http' }] }],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { ports: ports.map((number) => ({ protocol: 'TCP', port: number })) },
        ...(workload.cluster.identity?.asks ?? []).map(({ cidr, port: number }) => ({
          to: [{ ipBlock: { cidr } }],
          ports: [{ protocol: 'TCP', port: number }],
        })),
        ...(sendsOtlp(service.metrics)
          ? [
              {
                to: [{ podSelector: { matchLabels: selectorOf(collectorName(project)) } }],
                ports: [{ protocol: 'TCP', port: otlpHttpPort.port }],
              },
            ]
          : []),
        ...workload.calls.map(({ labels: matchLabels, port: number }) => ({
          to: [{ podSelector: { matchLabels } }],
          ports: [{ protocol: 'TCP', port: number }],
        })),
      ],
    },
    ' Calls to other services of the cluster need their ports added to egress.',
  );
}
