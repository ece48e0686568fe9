import { createHash } from 'node:crypto';
import { selectorOf } from '../kubernetes/context.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import type { Observed } from '../observability/observed.ts';
import { collectorContainer, collectorUser, configVolume } from './container.ts';
import { collectorName, metricsPort, otlpGrpcPort, otlpHttpPort } from './names.ts';

const ports = [otlpGrpcPort, otlpHttpPort, metricsPort];

/** The objects of a collector that serves all services of a project. */
export function gatewayManifests(
  project: string,
  config: string,
  services: readonly Observed[],
): readonly Manifest[] {
  const name = collectorName(project);
  const labels = { ...selectorOf(name), 'app.kubernetes.io/part-of': project };
  const object = (
    apiVersion: string,
    kind: string,
    body: object,
    comment: string | null = null,
  ): Manifest => ({
    comment,
    object: { apiVersion, kind, metadata: { name, labels }, ...body },
  });
  return [
    object('v1', 'ConfigMap', { data: { 'config.yaml': config } }, configComment),
    object('v1', 'ServiceAccount', {}),
    object(
      'rbac.authorization.k8s.io/v1',
      'Role',
      {
        rules: [
          { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
          { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
        ],
      },
      ' It looks up whose pod has sent something, in its own namespace only.',
    ),
    object(
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace: project }],
      },
      ' The namespace that everything here is deployed to.',
    ),
    object('apps/v1', 'Deployment', { spec: deployment(name, labels, config) }, runnerComment),
    object('v1', 'Service', {
      spec: {
        type: 'ClusterIP',
        selector: selectorOf(name),
        ports: ports.map((one) => ({
          name: one.name,
          port: one.port,
          targetPort: one.name,
          protocol: 'TCP',
        })),
      },
    }),
    object('networking.k8s.io/v1', 'NetworkPolicy', { spec: policy(name, project, services) }),
  ];
}

const configComment =
  ' What the collector does; see https://opentelemetry.io/docs/collector/configuration/.';
const runnerComment = [
  ' Set OTLP_ENDPOINT to what keeps your traces, metrics and logs. Where it asks who sends, create once:',
  ' kubectl create secret generic otlp-secrets --from-literal=authorization=...',
  ' One pod: two would each know only a part of what a service counts.',
].join('\n');

function deployment(
  name: string,
  labels: Readonly<Record<string, string>>,
  config: string,
): object {
  const field = (path: string) => ({ valueFrom: { fieldRef: { fieldPath: path } } });
  return {
    replicas: 1,
    revisionHistoryLimit: 3,
    selector: { matchLabels: selectorOf(name) },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: {
        labels,
        // Another configuration starts other pods.
        annotations: { 'checksum/config': createHash('sha256').update(config).digest('hex') },
      },
      spec: {
        serviceAccountName: name,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 30,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: collectorUser,
          runAsGroup: collectorUser,
          fsGroup: collectorUser,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          collectorContainer('collector', ports, [
            { name: 'POD_NAMESPACE', ...field('metadata.namespace') },
          ]),
        ],
        volumes: [configVolume(name)],
      },
    },
  };
}

/** In come the project's services, and Prometheus; out go look-ups, scrapes and what is sent on. */
function policy(name: string, project: string, services: readonly Observed[]): object {
  const tcp = (port: number | string) => ({ protocol: 'TCP', port });
  const isOurs = ({ deployed }: Observed): boolean => deployed === null;
  const labels = [
    ...(services.some(isOurs) ? [{ 'app.kubernetes.io/part-of': project }] : []),
    ...services.flatMap(({ deployed }) => (deployed === null ? [] : [deployed.labels])),
  ];
  const siblings = labels.map((matchLabels) => ({ podSelector: { matchLabels } }));
  return {
    podSelector: { matchLabels: selectorOf(name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: siblings, ports: [tcp(otlpGrpcPort.name), tcp(otlpHttpPort.name)] },
      { ports: [tcp(metricsPort.name)] },
    ],
    egress: [
      {
        to: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
        ],
        ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
      },
      { ports: [tcp(443), tcp(6443)] },
      { to: siblings },
    ],
  };
}
