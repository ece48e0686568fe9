import { containersOf, podTemplateOf } from '../validation/kubernetes/resource.ts';
import { list, mapping } from '../validation/plain.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { PlacedResource } from './kubernetes-objects.ts';

/** Where the ports stand that an object asks for by name of what it selects. */
const asked: Readonly<Record<string, readonly [list: string, port: string]>> = {
  Service: ['ports', 'targetPort'],
  ServiceMonitor: ['endpoints', 'port'],
  PodMonitor: ['podMetricsEndpoints', 'port'],
};

/** Pods that one selector finds, at most, whose ports are looked at: all of a service have the same. */
const maxFound = 20;

/**
 * Whether the ports that a Service or a monitor names are there in what it selects, in another file:
 * within one the file's own validator tells. A port by its number needs no mention there.
 */
export function portLinks(
  { resource, path, lineOf }: PlacedResource,
  found: readonly PlacedResource[],
): Comparison {
  const [key, field] = asked[resource.kind] ?? [];
  const others = found.slice(0, maxFound);
  // The pods of an operator have ports that it adds itself.
  const isOwn = ({ resource: one, path: there }: PlacedResource): boolean =>
    there === path || (one.kind !== 'Service' && podTemplateOf(one) === null);
  if (key === undefined || field === undefined || others.some(isOwn)) {
    return { compared: 0, findings: [] };
  }
  const known = new Set(others.flatMap(portNames));
  let compared = 0;
  const findings = list(mapping(resource.value.spec)[key]).flatMap(
    (one, index): PlacedFinding[] => {
      const name = mapping(one)[field];
      if (typeof name !== 'string' || /^\d+$/.test(name)) return [];
      compared += 1;
      if (known.has(name)) return [];
      const [first] = others;
      const there = [...known].join(', ') || 'none with a name';
      const message = `${first?.path} (line ${first?.lineOf(['spec'])}), which this ${resource.kind} selects, has no port called "${name}": it has ${there}. Use a name that is there.`;
      return [
        finding(
          'omega/port-differs',
          'error',
          { path, line: lineOf(['spec', key, index, field]) },
          message,
        ),
      ];
    },
  );
  return { compared, findings };
}

/** The names of the ports of a Service, or of the containers of a pod. */
function portNames({ resource }: PlacedResource): readonly string[] {
  const pod = podTemplateOf(resource);
  const ports = pod
    ? containersOf(pod).flatMap(({ container }) => list(container.ports))
    : list(mapping(resource.value.spec).ports);
  return ports.map((port) => mapping(port).name).filter((name) => typeof name === 'string');
}
