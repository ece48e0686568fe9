import type { Called, EnvVar, ScanResult, Service } from '#shared/scan.ts';
import { isPublicAddress } from '../public-addresses.ts';
import { isDeployable } from './deployable.ts';
import { stackOf } from './dockerfile/stacks.ts';
import { deployedEnv } from './env-class.ts';

/** The address of a service of the project that another one, or itself, is told: by which variable, in which form. */
export interface Call {
  /** Null where the source names the other service itself. */
  readonly variable: string | null;
  readonly service: Service;
  /** The port on which the other one listens. */
  readonly port: number;
  readonly form: Called['form'];
  /** Path of the address, with its slash; `''` where it has none. */
  readonly path: string;
  /** Whether browsers go there, so that it has to be the address that people know. */
  readonly isPublic: boolean;
}

/** Port of a web service whose port the scan could not tell. */
export const assumedPort = 8080;

/** What every call of a project is found by; made once for each scan. */
type Table = {
  readonly byPort: ReadonlyMap<number, readonly Service[]>;
  readonly byPath: ReadonlyMap<string, readonly Service[]>;
  readonly byName: ReadonlyMap<string, Service>;
  readonly ports: ReadonlyMap<Service, number>;
};

const tables = new WeakMap<ScanResult, Table>();

/** The services of the project that a service calls from inside its network: all others that it has addresses of, but for those of browsers. */
export function callsOf(project: ScanResult, service: Service): readonly Call[] {
  return addressesOf(project, service).filter(
    (one) => !one.isPublic && siblingKey(one.service) !== siblingKey(service),
  );
}

/**
 * All addresses of the project's services that one of them is told, sorted by their variables. Each
 * variable counts once: by what its author's model or settings lead it to, else by what the scan saw
 * it call, else by a default of `http://localhost:<port>` in its source where exactly one other service
 * listens; a port that two share tells nothing.
 */
export function addressesOf(project: ScanResult, service: Service): readonly Call[] {
  const table = tableOf(project);
  const env = deployedEnv(service);
  const led = new Set(env.flatMap(({ name, sibling }) => (sibling === undefined ? [] : [name])));
  const seen = (service.calls ?? []).flatMap((one) =>
    one.variable !== null && led.has(one.variable) ? [] : (bySource(one, table) ?? []),
  );
  const known = new Set(seen.map(({ variable }) => variable));
  const told = env.flatMap((variable) => {
    if (variable.sibling !== undefined) {
      return bySibling(variable, variable.sibling, service, table) ?? [];
    }
    return known.has(variable.name) ? [] : (byDefault(variable, service, table) ?? []);
  });
  return [...seen, ...told].sort((a, b) => compare(a.variable ?? '', b.variable ?? ''));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a variable is given: the other service by its host, and by the port on which it answers there. */
export function callValue({ form, path }: Call, host: string, port: number): string {
  switch (form) {
    case 'url':
      return `http://${host}:${port}${path}`;
    case 'authority':
      return `${host}:${port}`;
    case 'host':
      return host;
    case 'port':
      return String(port);
  }
}

/** Whether people reach a service (`public` or `internal`), as its author's model says; null where none does. */
export function exposureOf({ evidence }: Service): string | null {
  return evidence.find(({ fact }) => fact === 'exposure')?.value ?? null;
}

/** The deployable services in a folder of the project. */
export function siblingsIn(project: ScanResult, folder: string): readonly Service[] {
  return tableOf(project).byPath.get(folder) ?? [];
}

/** What tells a service of a project from the others. */
export function siblingKey({ path, name }: Service): string {
  return `${path}\0${name}`;
}

function bySource(
  { service: name, variable, form, path }: Called,
  { byName, ports }: Table,
): Call | null {
  const service = byName.get(name);
  const port = service && ports.get(service);
  return service && port ? { variable, service, port, form, path, isPublic: false } : null;
}

function byDefault({ name, address }: EnvVar, service: Service, { byPort }: Table): Call | null {
  const [, digits, path = ''] =
    /^http:\/\/(?:localhost|127\.0\.0\.1):(\d{2,5})(\/[\w./~%-]*)?$/.exec(address ?? '') ?? [];
  if (digits === undefined || isPublicAddress(name)) return null;
  const port = Number(digits);
  const [only, another] = byPort.get(port) ?? [];
  const isOther = only !== undefined && siblingKey(only) !== siblingKey(service);
  if (!isOther || another !== undefined || only.kind !== 'web') return null;
  return { variable: name, service: only, port, form: 'url', path, isPublic: false };
}

/**
 * A service's own address is for those who come from outside, as is what a name says to be (in words
 * as .NET writes them). Where no model of the author's says whom people reach, such a variable is left.
 */
function bySibling(
  { name, address }: EnvVar,
  folder: string,
  service: Service,
  { byPath, ports }: Table,
): Call | null {
  const [only, another] = byPath.get(folder) ?? [];
  const port = only && ports.get(only);
  if (!port || another !== undefined) return null;
  const path = /^https?:\/\/[^/]+(\/[\w./~%-]*)$/.exec(address ?? '')?.[1] ?? '';
  const exposure = exposureOf(only);
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
  const isForPeople = siblingKey(only) === siblingKey(service) || isPublicAddress(words);
  if (exposure === null && isForPeople) return null;
  const isPublic = exposure === 'public' || isForPeople;
  return { variable: name, service: only, port, form: 'url', path, isPublic };
}

function tableOf(project: ScanResult): Table {
  const known = tables.get(project);
  if (known) return known;
  const byPort = new Map<number, Service[]>();
  const byPath = new Map<string, Service[]>();
  const ports = new Map<Service, number>();
  for (const service of project.services) {
    if (!isDeployable(service)) continue;
    const { port } = stackOf(service).image(service);
    add(byPath, service.path, service);
    if (port !== null || service.kind === 'web') ports.set(service, port ?? assumedPort);
    if (port !== null) add(byPort, port, service);
  }
  const byName = new Map(project.services.map((one) => [one.name, one]));
  const made = { byPort, byPath, byName, ports };
  tables.set(project, made);
  return made;
}

function add<K>(map: Map<K, Service[]>, key: K, service: Service): void {
  const held = map.get(key);
  if (held) held.push(service);
  else map.set(key, [service]);
}
