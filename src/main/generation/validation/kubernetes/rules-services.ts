import { list, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { Resource } from './resource.ts';
import { isDnsLabel } from './rules-names.ts';
import { isPortName } from './rules-ports.ts';

const docs = 'https://kubernetes.io/docs/';

/** A Service's ports: there, named where there are several, within range, and each once. */
export function judgeService({ value, say }: Resource): void {
  const spec = mapping(value.spec);
  const ports = list(spec.ports).map(mapping);
  const url = `${docs}concepts/services-networking/service/`;
  if (
    ports.length === 0 &&
    spec.type !== 'ExternalName' &&
    spec.clusterIP !== 'None' &&
    value.spec !== undefined
  ) {
    say(
      'missing-field',
      'error',
      ['spec'],
      'A Service needs at least one port. Add it under ports.',
      url,
    );
  }
  if (spec.type === 'ExternalName' && spec.externalName === undefined) {
    say(
      'missing-field',
      'error',
      ['spec', 'type'],
      'An ExternalName Service needs externalName. Add it.',
      `${url}#externalname`,
    );
  }
  const taken = new Set<string>();
  const names = new Set<unknown>();
  ports.forEach(({ name, port, targetPort, nodePort, protocol = 'TCP' }, index) => {
    const at = ['spec', 'ports', index];
    if (ports.length > 1 && (name === undefined || name === '')) {
      say(
        'unnamed-port',
        'error',
        at,
        'With several ports each needs a name. Add one.',
        `${url}#multi-port-services`,
      );
    } else if (typeof name === 'string' && (!isDnsLabel(name) || names.has(name))) {
      say(
        'invalid-name',
        'error',
        [...at, 'name'],
        `${quote(name)} is no port name here: once only, at most 63 of a-z, 0-9 and -.`,
        `${url}#multi-port-services`,
      );
    }
    names.add(name);
    for (const [key, held] of Object.entries({ port, targetPort, nodePort })) {
      if (typeof held === 'number' && (held < (key === 'nodePort' ? 0 : 1) || held > 65_535)) {
        say(
          'invalid-port',
          'error',
          [...at, key],
          `${held} is no port. Give a number from 1 to 65535.`,
          url,
        );
      }
    }
    if (typeof targetPort === 'string' && !isPortName(targetPort)) {
      say(
        'invalid-port',
        'error',
        [...at, 'targetPort'],
        `${quote(targetPort)} is no port name. Name a port of the container, or give a number without quotes.`,
        url,
      );
    }
    if (typeof nodePort === 'number' && nodePort > 0 && (nodePort < 30_000 || nodePort > 32_767)) {
      say(
        'node-port',
        'warning',
        [...at, 'nodePort'],
        `Clusters take node ports from 30000 to 32767 unless set up otherwise. ${nodePort} lies outside.`,
        `${url}#type-nodeport`,
      );
    }
    const key = `${String(port)}/${String(protocol)}`;
    if (taken.has(key))
      say(
        'duplicate-port',
        'error',
        [...at, 'port'],
        `The port ${key} is there twice. Remove one.`,
        url,
      );
    taken.add(key);
  });
}
