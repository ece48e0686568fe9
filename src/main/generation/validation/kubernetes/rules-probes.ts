import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Resource } from './resource.ts';

const url = 'https://kubernetes.io/docs/concepts/workloads/pods/probes/';
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;

/** Probes: one way of asking, a port that is there, times that make sense. */
export function judgeProbes(resource: Resource, container: Mapping, path: YamlPath): void {
  const ports = list(container.ports).map(mapping);
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = mapping(container[key]);
    if (container[key] === undefined || container[key] === null) continue;
    const at = [...path, key];
    const used = handlers.filter(
      (handler) => probe[handler] !== undefined && probe[handler] !== null,
    );
    if (used.length !== 1) {
      const what = used.length === 0 ? 'does not say how to ask' : `asks in ${used.length} ways`;
      resource.say(
        'probe-handler',
        'error',
        at,
        `${key} ${what}. Give exactly one of ${handlers.join(', ')}.`,
        url,
      );
    }
    for (const handler of ['httpGet', 'tcpSocket'] as const) {
      const { port } = mapping(probe[handler]);
      if (typeof port === 'number' && (port < 1 || port > 65_535)) {
        resource.say(
          'invalid-port',
          'error',
          [...at, handler, 'port'],
          `${port} is no port. Give a number from 1 to 65535.`,
          url,
        );
      } else if (typeof port === 'string' && !ports.some(({ name }) => name === port)) {
        resource.say(
          'undefined-port',
          'error',
          [...at, handler, 'port'],
          `The container has no port called ${quote(port)}. Name one of its ports, or give its number without quotes.`,
          url,
        );
      }
    }
    for (const field of [
      'periodSeconds',
      'timeoutSeconds',
      'successThreshold',
      'failureThreshold',
    ]) {
      const value = probe[field];
      if (typeof value === 'number' && value < 1) {
        // Zero stands for the default; less is refused.
        const severity = value < 0 ? 'error' : 'warning';
        resource.say(
          'probe-timing',
          severity,
          [...at, field],
          `${field} must be at least 1. Remove it to get the default.`,
          url,
        );
      }
    }
    if (
      key !== 'readinessProbe' &&
      typeof probe.successThreshold === 'number' &&
      probe.successThreshold > 1
    ) {
      resource.say(
        'probe-timing',
        'error',
        [...at, 'successThreshold'],
        `${key} takes only 1 as successThreshold. Remove it.`,
        url,
      );
    }
  }
}
