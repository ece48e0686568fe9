import type { EnvVar, ScanResult, Service } from '#shared/scan.ts';
import { isDeployable } from './deployable.ts';
import { stackOf } from './dockerfile/stacks.ts';
import { deployedEnv } from './env-class.ts';

/** A call from one service of the project to another: the variable that holds the address, the port that answers. */
export interface Call {
  readonly variable: string;
  readonly service: Service;
  readonly port: number;
  /** Path of the address, with its slash; `''` where it has none. */
  readonly path: string;
}

/** Variables with the address that people's browsers use; inside the network it would lead nobody anywhere. */
const publicName =
  /(?:^|_)(?:NEXTAUTH|WEB|WEBAPP|APP|SITE|FRONT|FRONTEND|UI|PUBLIC|HOME|ORIGINS?|CORS|CSRF|ALLOWED|TRUSTED|REDIRECT|CALLBACK|RETURN|EXTERNAL|BROWSER|ISSUER|DASHBOARD)(?:_|$)|^CLIENT_|^BASE_UR[IL]$/;

/** Ports of a project's services, with those that answer on each; made once for each scan. */
const tables = new WeakMap<ScanResult, ReadonlyMap<number, readonly Service[]>>();

/**
 * The services of the project that a service calls, by the variables whose default in its source is
 * `http://localhost:<port>` of exactly one other of them. A port that two share tells nothing.
 */
export function callsOf(project: ScanResult, service: Service): readonly Call[] {
  const byPort = tableOf(project);
  return deployedEnv(service).flatMap((variable) => call(variable, service, byPort) ?? []);
}

function call(
  { name, address }: EnvVar,
  service: Service,
  byPort: ReadonlyMap<number, readonly Service[]>,
): Call | null {
  const [, digits, path = ''] =
    /^http:\/\/(?:localhost|127\.0\.0\.1):(\d{2,5})(\/[\w./~%-]*)?$/.exec(address ?? '') ?? [];
  if (digits === undefined || publicName.test(name)) return null;
  const port = Number(digits);
  const [only, another] = byPort.get(port) ?? [];
  const isOther = only !== undefined && (only.path !== service.path || only.name !== service.name);
  if (!isOther || another !== undefined || only.kind !== 'web') return null;
  return { variable: name, service: only, port, path };
}

/** Services that another one calls; made once for each scan. */
const called = new WeakMap<ScanResult, ReadonlySet<string>>();

/** Whether another service of the project calls this one: it stands behind that one, and people do not come to it. */
export function isCalled(project: ScanResult, service: Service): boolean {
  const known = called.get(project) ?? calledBy(project);
  called.set(project, known);
  return known.has(keyOf(service));
}

function calledBy(project: ScanResult): ReadonlySet<string> {
  const callers = project.services.filter(isDeployable);
  return new Set(
    callers.flatMap((one) => callsOf(project, one).map((answer) => keyOf(answer.service))),
  );
}

const keyOf = ({ path, name }: Service): string => `${path}\0${name}`;

function tableOf(project: ScanResult): ReadonlyMap<number, readonly Service[]> {
  const known = tables.get(project);
  if (known) return known;
  const byPort = new Map<number, Service[]>();
  for (const service of project.services) {
    const port = isDeployable(service) ? stackOf(service).image(service).port : null;
    if (port === null) continue;
    byPort.set(port, [...(byPort.get(port) ?? []), service]);
  }
  tables.set(project, byPort);
  return byPort;
}
