import { isCollectorConfig } from '../validation/collector/sections.ts';
import { list, mapping } from '../validation/plain.ts';
import { closest } from '../validation/suggest.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import {
  type ComparedFile,
  type GivenVariable,
  type Place,
  placeText,
  type Workload,
} from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { PlacedResource } from './kubernetes-objects.ts';
import { meantText } from './strangers.ts';

/** A port on which a collector takes OTLP, and in which form. */
type Receiver = { readonly port: string; readonly form: 'grpc' | 'http'; readonly at: Place };

/** What telemetry can be sent to. */
export type Reached = {
  readonly resources: readonly PlacedResource[];
  readonly collectors: readonly ComparedFile[];
  /** Names under which Compose and clouds reach their services. */
  readonly hosts: ReadonlySet<string>;
  /** Files whose services run in a cloud's service for containers, where no cluster's names are known. */
  readonly inCloud: ReadonlySet<string>;
  /** The services that run there. */
  readonly cloudHosts: ReadonlySet<string>;
};

const endpoint = /^OTEL_EXPORTER_OTLP(?:_(?:TRACES|METRICS|LOGS))?_ENDPOINT$/;

/**
 * Whether services send their telemetry to a collector that is there, on a port of its Service, and in
 * the form that the collector takes on it. Addresses outside of the project are not judged.
 */
export function telemetryLinks(workloads: readonly Workload[], reached: Reached): Comparison {
  const services = new Map<string, PlacedResource>();
  for (const placed of reached.resources) {
    if (placed.resource.kind === 'Service') services.set(placed.resource.name, placed);
  }
  const receivers = [
    ...reached.collectors.flatMap(({ path, content }) => receiversOf(content, path, () => 0)),
    ...reached.resources.flatMap(receiversWithin),
  ];
  const collectors = [...services.values()].filter((one) =>
    receivers.some(({ port }) => portsOf(one).includes(port)),
  );
  const { hosts, inCloud, cloudHosts } = reached;
  const context: Context = { services, receivers, collectors, hosts, inCloud, cloudHosts };
  let compared = 0;
  const findings = workloads.flatMap((workload) =>
    workload.variables.flatMap((variable): PlacedFinding[] => {
      const target = endpoint.test(variable.name) ? targetOf(variable.value) : null;
      if (target === null || receivers.length === 0) return [];
      compared += 1;
      const message = faultOf(target, workload, context);
      return message === null
        ? []
        : [finding('omega/sends-nowhere', 'error', variable.at, message)];
    }),
  );
  return { compared, findings };
}

type Context = {
  readonly services: ReadonlyMap<string, PlacedResource>;
  readonly receivers: readonly Receiver[];
  readonly collectors: readonly PlacedResource[];
  readonly hosts: ReadonlySet<string>;
  readonly inCloud: ReadonlySet<string>;
  readonly cloudHosts: ReadonlySet<string>;
};

/** A host of the cluster's or the network's own, and the port there; null for all others. */
function targetOf(value: string | null): { readonly host: string; readonly port: string } | null {
  const [, host = '', domain = '', port] =
    /^(?:https?:\/\/)?([a-z0-9-]{1,63})((?:\.[a-z0-9-]{1,63}){0,5}):(\d{1,5})(?:\/|$)/.exec(
      value ?? '',
    ) ?? [];
  if (port === undefined || host === 'localhost') return null;
  // A name with a domain is of the cluster only as NAME.NAMESPACE.svc.
  return domain === '' || /^\.[a-z0-9-]+\.svc(?:\.|$)/.test(domain) ? { host, port } : null;
}

function faultOf(
  { host, port }: { readonly host: string; readonly port: string },
  workload: Workload,
  { services, receivers, collectors, hosts, inCloud, cloudHosts }: Context,
): string | null {
  const service = services.get(host);
  if (inCloud.has(workload.file)) {
    if (cloudHosts.has(host) || !service) return null;
    return `"${workload.service}" sends its telemetry to "${host}", which is a Service of the cluster: ${service.path} (line ${service.lineOf(['metadata', 'name'])}). Where this runs, nothing answers under that name. Give it an address that can be reached, or leave it out.`;
  }
  if (!service) {
    if (hosts.has(host) || collectors.length === 0) return null;
    const there = collectors.map(({ resource }) => resource.name);
    const [first] = collectors;
    return `"${workload.service}" sends its telemetry to "${host}", and no Service of these files has that name: in ${first?.path} (line ${first?.lineOf(['metadata', 'name'])}) the collector's is "${there[0]}".${meantText(closest(host, there))} Send it there.`;
  }
  const ports = portsOf(service);
  if (!ports.includes(port)) {
    return `"${workload.service}" sends its telemetry to port ${port} of "${host}", whose Service in ${service.path} (line ${service.lineOf(['spec', 'ports'])}) has ${ports.join(', ') || 'none'}. Use a port that is there.`;
  }
  const receiver = receivers.find((one) => one.port === port);
  const form = protocolOf(workload.variables);
  if (!receiver || form === null || receiver.form === form) return null;
  return `"${workload.service}" sends its telemetry by ${form}, and port ${port} takes ${receiver.form}: ${placeText(receiver.at)}. Use the port of the other form, or set OTEL_EXPORTER_OTLP_PROTOCOL.`;
}

function protocolOf(variables: readonly GivenVariable[]): Receiver['form'] | null {
  const said = variables.find(({ name }) => name === 'OTEL_EXPORTER_OTLP_PROTOCOL')?.value;
  return said === 'grpc' ? 'grpc' : said?.startsWith('http/') ? 'http' : null;
}

function portsOf({ resource }: PlacedResource): readonly string[] {
  return list(mapping(resource.value.spec).ports).map((one) => String(mapping(one).port));
}

/** The configurations that a ConfigMap holds. */
function receiversWithin({ resource, path, lineOf }: PlacedResource): readonly Receiver[] {
  if (resource.kind !== 'ConfigMap') return [];
  return Object.entries(mapping(resource.value.data)).flatMap(([name, text]) =>
    typeof text === 'string' && isCollectorConfig(text)
      ? receiversOf(text, path, () => lineOf(['data', name]))
      : [],
  );
}

function receiversOf(text: string, path: string, before: () => number): readonly Receiver[] {
  const [document] = parseYaml(text, 'collector').documents;
  const all = Object.entries(mapping(mapping(document?.value).receivers));
  return all
    .filter(([name]) => name === 'otlp' || name.startsWith('otlp/'))
    .flatMap(([name, value]) => {
      const protocols = mapping(mapping(value).protocols);
      return (['grpc', 'http'] as const).flatMap((form): Receiver[] => {
        const held = mapping(protocols[form]).endpoint;
        const usual = form === 'grpc' ? '4317' : '4318';
        if (!(form in protocols)) return [];
        const port = typeof held === 'string' ? (/:(\d+)$/.exec(held)?.[1] ?? '') : usual;
        const line = document?.lineOf(['receivers', name, 'protocols', form, 'endpoint']) ?? 1;
        return port === '' ? [] : [{ port, form, at: { path, line: before() + line } }];
      });
    });
}
