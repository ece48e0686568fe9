import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import type { ComposeFile } from './model.ts';

const url = 'https://docs.docker.com/reference/compose-file/services/#ports';

type Published = {
  readonly from: number;
  readonly to: number;
  readonly ip: string;
  readonly protocol: string;
};
type Parsed = { readonly published: Published | null } | { readonly problem: string };

/** Ports: readable, within range, and each on the host published once. */
export function judgePorts(file: ComposeFile, report: Report): void {
  // By port number, so that a file with very many ports is judged in linear time.
  const taken = new Map<
    number,
    { readonly port: Published; readonly service: string; readonly profiles: string }[]
  >();
  for (const [service, { ports, profiles, network_mode: mode }] of file.services) {
    const group = list(profiles).map(String).sort().join(',');
    if (mode === 'host' && list(ports).length > 0) {
      report.add(
        'compose/host-network-ports',
        'warning',
        file.lineOf(['services', service, 'ports']),
        'With network_mode host nothing is published: ports has no effect. Remove one of the two.',
        url,
      );
    }
    list(ports).forEach((entry, index) => {
      const line = file.lineOf(['services', service, 'ports', index]);
      const parsed =
        typeof entry === 'object' && entry !== null
          ? parseLong(mapping(entry))
          : parseShort(String(entry));
      if ('problem' in parsed) {
        report.add('compose/invalid-port', 'error', line, parsed.problem, url);
        return;
      }
      const port = parsed.published;
      if (port === null) return;
      const others = taken.get(port.from) ?? [];
      const clash = others.find((other) => collides(other.port, port) && other.profiles === group);
      if (clash) {
        const whose = clash.service === service ? 'this service' : quote(clash.service);
        report.add(
          'compose/port-collision',
          'error',
          line,
          `Port ${port.from} of the host is taken by ${whose} already. Publish another one.`,
          url,
        );
      }
      if (others.length < 100)
        taken.set(port.from, [...others, { port, service, profiles: group }]);
    });
  }
}

function collides(a: Published, b: Published): boolean {
  const everywhere = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';
  // A range with one target lets Docker choose a free port in it.
  if (a.from !== a.to || b.from !== b.to) return false;
  return (
    a.from === b.from &&
    a.protocol === b.protocol &&
    (a.ip === b.ip || everywhere(a.ip) || everywhere(b.ip))
  );
}

function parseShort(text: string): Parsed {
  if (text.includes('$')) return { published: null };
  const match =
    /^(?:(\[[^\]]*\]|[\d.]+|[A-Za-z][\w.-]*)?:)?(?:(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)(?:\/(\w+))?$/.exec(
      text,
    );
  if (!match)
    return { problem: `${quote(text)} is no port. Write HOST:CONTAINER, such as "8080:80".` };
  // With one colon the first part is the host's port, not an address.
  const [, first = '', second, target = '', protocol = 'tcp'] = match;
  const single = second === undefined && /^\d*$/.test(first);
  const host = single ? first : (second ?? '');
  if (!single && second === undefined && first !== '')
    return {
      problem: `${quote(text)} names an address without a port. Write "ADDRESS:HOST:CONTAINER".`,
    };
  const problem = [host, target].map(rangeProblem).find((found) => found !== null);
  if (problem) return { problem };
  if (!/^(?:tcp|udp|sctp)$/i.test(protocol))
    return { problem: `${quote(protocol)} is no protocol. Use tcp or udp.` };
  return { published: publishedOf(host, single ? '' : first, protocol) };
}

function parseLong(entry: Readonly<Record<string, unknown>>): Parsed {
  const host = entry.published === undefined ? '' : String(entry.published);
  const target = entry.target === undefined ? '' : String(entry.target);
  if (`${host}${target}`.includes('$')) return { published: null };
  if (target === '')
    return { problem: 'A port needs target, the port inside the container. Add it.' };
  const problem = [host, target].map(rangeProblem).find((found) => found !== null);
  if (problem) return { problem };
  return {
    published: publishedOf(host, String(entry.host_ip ?? ''), String(entry.protocol ?? 'tcp')),
  };
}

function rangeProblem(text: string): string | null {
  if (text === '') return null;
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (!match || from < 0 || to > 65_535 || from > to)
    return `${quote(text)} is no port. Give a number from 1 to 65535.`;
  return null;
}

function publishedOf(host: string, ip: string, protocol: string): Published | null {
  const [from, to = from] = host.split('-');
  if (from === undefined || from === '' || from === '0') return null;
  return {
    from: Number(from),
    to: Number(to),
    ip: ip.replace(/^\[|\]$/g, ''),
    protocol: protocol.toLowerCase(),
  };
}
