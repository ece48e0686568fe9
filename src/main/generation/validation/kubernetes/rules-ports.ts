import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Resource } from './resource.ts';
import { isDnsLabel } from './rules-names.ts';

const docs = 'https://kubernetes.io/docs/';

/** Ports of a container: within range, and each name well formed and used once. */
export function judgePorts(resource: Resource, container: Mapping, path: YamlPath): void {
  const names = new Set<string>();
  list(container.ports).forEach((entry, index) => {
    const { name, containerPort, hostPort } = mapping(entry);
    const at = [...path, 'ports', index];
    for (const [key, port] of Object.entries({ containerPort, hostPort })) {
      if (typeof port === 'number' && (port < 1 || port > 65_535)) {
        resource.say(
          'invalid-port',
          'error',
          [...at, key],
          `${port} is no port. Give a number from 1 to 65535.`,
          `${docs}concepts/services-networking/service/`,
        );
      }
    }
    if (typeof name !== 'string') return;
    if (!isPortName(name)) {
      resource.say(
        'invalid-name',
        'error',
        [...at, 'name'],
        `${quote(name)} is no port name: at most 15 of a-z, 0-9 and -, with a letter.`,
        `${docs}concepts/services-networking/service/#field-spec-ports`,
      );
    } else if (names.has(name)) {
      resource.say(
        'duplicate-port',
        'error',
        [...at, 'name'],
        `Two ports are called ${quote(name)}. Rename one.`,
        `${docs}concepts/services-networking/service/#field-spec-ports`,
      );
    }
    names.add(name);
  });
}

/** Whether a text is an IANA service name, as ports of containers must be called. */
export function isPortName(text: string): boolean {
  return isDnsLabel(text, 15) && /[a-z]/.test(text) && !text.includes('--');
}
