import { healthPort } from './names.ts';

/** The collector with all components of its community. */
export const collectorRepository = 'otel/opentelemetry-collector-contrib';
const image = `${collectorRepository}:0.159.0`;

/** Where the configuration is mounted. */
const folder = '/etc/otelcol';

/** User of the image. */
export const collectorUser = 10_001;

/** The container of a collector, hardened as the services' own; `env` says who it is. */
export function collectorContainer(
  name: string,
  ports: readonly { readonly name: string; readonly port: number }[],
  env: readonly object[],
): object {
  const probe = { httpGet: { path: '/', port: healthPort.name } };
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    args: [`--config=${folder}/config.yaml`],
    ports: [...ports, healthPort].map((one) => ({
      name: one.name,
      containerPort: one.port,
      protocol: 'TCP',
    })),
    env: [
      { name: 'OTLP_ENDPOINT', value: 'https://otlp.example.com' },
      {
        name: 'OTLP_AUTHORIZATION',
        valueFrom: { secretKeyRef: { name: 'otlp-secrets', key: 'authorization', optional: true } },
      },
      // The garbage collector works harder before the limit is reached.
      { name: 'GOMEMLIMIT', value: '410MiB' },
      ...env,
    ],
    readinessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...probe, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
    resources: {
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '512Mi', 'ephemeral-storage': '1Gi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: collectorUser,
      runAsGroup: collectorUser,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'collector-config', mountPath: folder, readOnly: true }],
  };
}

/** The volume of the configuration. */
export function configVolume(configMap: string): object {
  return { name: 'collector-config', configMap: { name: configMap } };
}
