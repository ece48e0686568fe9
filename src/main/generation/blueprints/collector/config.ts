import type { CollectorMode } from '#shared/target.ts';
import type { Observed } from '../observability/observed.ts';
import { healthPort, metricsPort, otlpGrpcPort, otlpHttpPort } from './names.ts';

/** How a variable of the collector's environment is written in its configuration. */
const fromEnv = (name: string): string => `$\{env:${name}}`;

/** Label of a pod that holds its service's name, as the collector keeps it. */
const nameAttribute = 'k8s.app.name';

/**
 * The collector's configuration: takes OTLP, scrapes what answers Prometheus (a gateway only), and
 * sends all of it on. What came by OTLP stands ready for Prometheus under the names of the manifests.
 */
export function collectorConfig(mode: CollectorMode, services: readonly Observed[]): object {
  const scraped = mode === 'gateway' ? services.filter(({ scrapes }) => scrapes !== null) : [];
  const gateway = mode === 'gateway';
  const before = ['memory_limiter', ...(gateway ? ['k8sattributes'] : []), 'resource'];
  const pipeline = (
    receiver: string,
    processors: readonly string[],
    exporters: readonly string[],
  ) => ({
    receivers: [receiver],
    processors: [...processors, 'batch'],
    exporters,
  });
  const anywhere = (port: number): string => `${gateway ? '0.0.0.0' : '127.0.0.1'}:${port}`;
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: anywhere(otlpGrpcPort.port) },
          http: { endpoint: anywhere(otlpHttpPort.port) },
        },
      },
      ...(scraped.length > 0
        ? { prometheus: { config: { scrape_configs: scraped.map(scrape) } } }
        : {}),
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      ...(gateway ? { k8sattributes: attributes } : {}),
      resource: { attributes: [identity(mode, services)] },
      ...(gateway ? { transform: namespaced } : {}),
      batch: {},
    },
    exporters: {
      otlp_http: {
        endpoint: fromEnv('OTLP_ENDPOINT'),
        headers: { authorization: fromEnv('OTLP_AUTHORIZATION') },
      },
      prometheus: { endpoint: `0.0.0.0:${metricsPort.port}` },
    },
    extensions: { health_check: { endpoint: `0.0.0.0:${healthPort.port}` } },
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: pipeline('otlp', before, ['otlp_http']),
        metrics: pipeline(
          'otlp',
          [...before, ...(gateway ? ['transform'] : [])],
          ['otlp_http', 'prometheus'],
        ),
        ...(scraped.length > 0
          ? {
              'metrics/scraped': pipeline(
                'prometheus',
                ['memory_limiter', 'k8sattributes'],
                ['otlp_http'],
              ),
            }
          : {}),
        logs: pipeline('otlp', before, ['otlp_http']),
      },
    },
  };
}

/**
 * A service is called as in its manifests, whatever its SDK says: by a label of ours, or, where an
 * author's manifests run it, which need not have that, by its Deployment.
 */
function identity(mode: CollectorMode, services: readonly Observed[]): object {
  const own = { key: 'service.name', action: 'upsert' };
  const isAuthors = services.some(({ deployed }) => deployed !== null);
  return mode === 'gateway'
    ? { ...own, from_attribute: isAuthors ? 'k8s.deployment.name' : nameAttribute }
    : { ...own, value: fromEnv('SERVICE_NAME') };
}

const attributes = {
  auth_type: 'serviceAccount',
  filter: { namespace: fromEnv('POD_NAMESPACE') },
  extract: {
    metadata: [
      'k8s.namespace.name',
      'k8s.pod.name',
      'k8s.pod.uid',
      'k8s.deployment.name',
      'k8s.node.name',
    ],
    labels: [{ tag_name: nameAttribute, key: 'app.kubernetes.io/name', from: 'pod' }],
  },
  pod_association: [
    { sources: [{ from: 'resource_attribute', name: 'k8s.pod.ip' }] },
    { sources: [{ from: 'connection' }] },
  ],
};

const namespaced = {
  error_mode: 'ignore',
  metric_statements: [
    'set(datapoint.attributes["namespace"], resource.attributes["k8s.namespace.name"])',
  ],
};

/** Every pod of a service is asked by itself: its Service would answer for one of them. */
function scrape({ name, scrapes, deployed, service }: Observed): object {
  const keep = (meta: string, regex: string) => ({
    source_labels: [`__meta_kubernetes_pod_${meta}`],
    regex,
    action: 'keep',
  });
  const labels = deployed?.labels ?? { 'app.kubernetes.io/name': name };
  const port = deployed?.address?.port.targetPort ?? service.ports[0];
  return {
    job_name: name,
    metrics_path: scrapes,
    scrape_interval: '30s',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { own_namespace: true } }],
    relabel_configs: [
      ...Object.entries(labels).map(([key, value]) =>
        keep(`label_${key.replace(/[^a-zA-Z0-9_]/g, '_')}`, value),
      ),
      deployed === null || typeof port === 'string'
        ? keep('container_port_name', deployed === null ? 'http' : String(port))
        : keep('container_port_number', String(port)),
    ],
  };
}
