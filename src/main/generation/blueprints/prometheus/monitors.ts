import { selectorOf } from '../kubernetes/context.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import type { Observed } from '../observability/observed.ts';

/** Version of the Prometheus operator's objects. */
export const operatorApi = 'monitoring.coreos.com/v1';
/** How often is asked. */
export const scrapeInterval = '30s';

type Scraped = Observed & { readonly scrapes: string };

/**
 * Who scrapes what: a ServiceMonitor for each service that answers, by the labels of the author's
 * Service where their manifests run it. A Service without labels is found by its pods. What is sent to
 * a collector, that one's own monitor asks for.
 */
export function monitors(project: string, services: readonly Observed[]): readonly Manifest[] {
  return services.flatMap((one) =>
    one.scrapes === null ? [] : [monitorOf(project, { ...one, scrapes: one.scrapes })],
  );
}

function monitorOf(project: string, one: Scraped): Manifest {
  const { name, scrapes: path, deployed } = one;
  const asked = { path, interval: scrapeInterval, scrapeTimeout: '10s' };
  if (deployed === null) {
    const selector = { matchLabels: selectorOf(name) };
    return object(project, 'ServiceMonitor', one, {
      selector,
      endpoints: [{ port: 'http', ...asked }],
    });
  }
  const { namespace, address, labels } = deployed;
  const within = namespace === '' ? {} : { namespaceSelector: { matchNames: [namespace] } };
  // Rules and dashboards ask for the name of what runs it, whatever its Service is called.
  const relabelings = [{ action: 'replace', targetLabel: 'job', replacement: name }];
  if (address !== null && Object.keys(address.labels).length > 0) {
    const { port } = address;
    const endpoint = port.name === null ? { targetPort: port.targetPort } : { port: port.name };
    return object(project, 'ServiceMonitor', one, {
      selector: { matchLabels: address.labels },
      ...within,
      endpoints: [{ ...endpoint, ...asked, ...(address.name === name ? {} : { relabelings }) }],
    });
  }
  const port = address?.port.targetPort ?? one.service.ports[0];
  return object(project, 'PodMonitor', one, {
    selector: { matchLabels: labels },
    ...within,
    podMetricsEndpoints: [
      { ...(typeof port === 'string' ? { port } : { portNumber: port }), ...asked, relabelings },
    ],
  });
}

function object(project: string, kind: string, { name }: Observed, spec: object): Manifest {
  const labels = { ...selectorOf(name), 'app.kubernetes.io/part-of': project };
  return {
    comment: null,
    object: { apiVersion: operatorApi, kind, metadata: { name, labels }, spec },
  };
}
