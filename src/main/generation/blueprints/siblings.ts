import type { Called, EnvVar, ScanResult, Service } from '#shared/scan.ts';
import { isPublicAddress } from '../public-addresses.ts';
import { behindOthers } from './call-graph.ts';
import { isDeployable } from './deployable.ts';
import { stackOf } from './dockerfile/stacks.ts';
import { deployedEnv } from './env-class.ts';

/** A call from one service of the project to another: the port that answers, and what is told by which variable. */
export interface Call {
  /** Null where the source names the other service itself. */
  readonly variable: string | null;
  readonly service: Service;
  readonly port: number;
  readonly form: Called['form'];
  /** Path of the address, with its slash; `''` where it has none. */
  readonly path: string;
}

/** Port of a web service whose port the scan could not tell. */
export const assumedPort = 8080;

/** What every call of a project is found by; made once for each scan. */
type Project = {
  readonly byPort: ReadonlyMap<number, readonly Service[]>;
  readonly byName: ReadonlyMap<string, Service>;
  readonly ports: ReadonlyMap<Service, number>;
};

const projects = new WeakMap<ScanResult, Project>();

/**
 * The services of the project that a service calls: those that the scan saw it call, and by the
 * variables whose default in its source is `http://localhost:<port>` of exactly one other of them. A
 * port that two share tells nothing.
 */
export function callsOf(project: ScanResult, service: Service): readonly Call[] {
  const table = tableOf(project);
  const seen = (service.calls ?? []).flatMap(({ service: name, variable, form, path }): Call[] => {
    const other = table.byName.get(name);
    const port = other && table.ports.get(other);
    return other && port ? [{ variable, service: other, port, form, path }] : [];
  });
  const told = new Set(seen.map(({ variable }) => variable));
  const byPort = deployedEnv(service)
    .filter(({ name }) => !told.has(name))
    .flatMap((variable) => call(variable, service, table.byPort) ?? []);
  return [...seen, ...byPort].sort((a, b) => compare(a.variable ?? '', b.variable ?? ''));
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

function call(
  { name, address }: EnvVar,
  service: Service,
  byPort: ReadonlyMap<number, readonly Service[]>,
): Call | null {
  const [, digits, path = ''] =
    /^http:\/\/(?:localhost|127\.0\.0\.1):(\d{2,5})(\/[\w./~%-]*)?$/.exec(address ?? '') ?? [];
  if (digits === undefined || isPublicAddress(name)) return null;
  const port = Number(digits);
  const [only, another] = byPort.get(port) ?? [];
  const isOther = only !== undefined && (only.path !== service.path || only.name !== service.name);
  if (!isOther || another !== undefined || only.kind !== 'web') return null;
  return { variable: name, service: only, port, form: 'url', path };
}

/** Services that others call, and those of them that people do not come to; made once for each scan. */
type CalledServices = { readonly any: ReadonlySet<string>; readonly behind: ReadonlySet<string> };

const called = new WeakMap<ScanResult, CalledServices>();

/** Whether another service of the project calls this one, so that it answers on its own port. */
export function isAddressed(project: ScanResult, service: Service): boolean {
  return calledIn(project).any.has(keyOf(service));
}

/** Whether a service stands behind another one that calls it, so that people do not come to it. */
export function isCalled(project: ScanResult, service: Service): boolean {
  return calledIn(project).behind.has(keyOf(service));
}

/** What people come to, though others call it too: those that test it, and pages that it renders for itself. */
const entrance =
  /(?:^|[-_.])(?:front-?end|front|web-?(?:app|site|ui)?|ui|www|site|storefront|gateway|edge|portal)(?:$|[-_.])|frontend$/i;

function calledIn(project: ScanResult): CalledServices {
  const known = called.get(project);
  if (known) return known;
  const callers = project.services.filter(isDeployable);
  const edges = callers.map(
    (one) => [keyOf(one), callsOf(project, one).map(({ service }) => keyOf(service))] as const,
  );
  const entrances = new Set(
    callers.filter(({ name, path }) => entrance.test(name) || entrance.test(path)).map(keyOf),
  );
  const made = {
    any: new Set(edges.flatMap(([, others]) => others)),
    behind: new Set([...behindOthers(new Map(edges))].filter((one) => !entrances.has(one))),
  };
  called.set(project, made);
  return made;
}

const keyOf = ({ path, name }: Service): string => `${path}\0${name}`;

function tableOf(project: ScanResult): Project {
  const known = projects.get(project);
  if (known) return known;
  const byPort = new Map<number, Service[]>();
  const ports = new Map<Service, number>();
  for (const service of project.services) {
    const port = isDeployable(service) ? stackOf(service).image(service).port : null;
    if (port !== null || service.kind === 'web') ports.set(service, port ?? assumedPort);
    if (port === null) continue;
    byPort.set(port, [...(byPort.get(port) ?? []), service]);
  }
  const byName = new Map(project.services.map((one) => [one.name, one]));
  const made = { byPort, byName, ports };
  projects.set(project, made);
  return made;
}
