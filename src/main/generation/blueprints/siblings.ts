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

/** The address of a service of the project in a variable of one, maybe its own. */
export interface SiblingAddress extends Call {
  /** Whether browsers go there, so that it has to be the address that people know. */
  readonly isPublic: boolean;
}

/** Variables with the address that people's browsers use; inside the network it would lead nobody anywhere. */
const publicName =
  /(?:^|_)(?:NEXTAUTH|WEB|WEBAPP|APP|SITE|FRONT|FRONTEND|UI|PUBLIC|HOME|ORIGINS?|CORS|CSRF|ALLOWED|TRUSTED|REDIRECT|CALLBACK|RETURN|EXTERNAL|BROWSER|ISSUER|DASHBOARD)(?:_|$)|^CLIENT_|^BASE_UR[IL]$/;

/** What answers where; made once for each scan. */
type Table = {
  readonly byPort: ReadonlyMap<number, readonly Service[]>;
  readonly byPath: ReadonlyMap<string, readonly Service[]>;
};
const tables = new WeakMap<ScanResult, Table>();

/**
 * The services of the project that a service calls, by the variables that its author's model or
 * settings lead to one, and by those whose default in its source is `http://localhost:<port>` of
 * exactly one other of them. A port that two share tells nothing.
 */
export function callsOf(project: ScanResult, service: Service): readonly Call[] {
  return addressesOf(project, service).filter(
    (one) => !one.isPublic && keyOf(one.service) !== keyOf(service),
  );
}

/** All variables of a service that hold the address of one of the project's. */
export function addressesOf(project: ScanResult, service: Service): readonly SiblingAddress[] {
  const table = tableOf(project);
  return deployedEnv(service).flatMap(
    (variable) =>
      (variable.sibling === undefined
        ? byDefault(variable, service, table)
        : bySibling(variable, variable.sibling, service, table)) ?? [],
  );
}

function byDefault(
  { name, address }: EnvVar,
  service: Service,
  { byPort }: Table,
): SiblingAddress | null {
  const [, digits, path = ''] =
    /^http:\/\/(?:localhost|127\.0\.0\.1):(\d{2,5})(\/[\w./~%-]*)?$/.exec(address ?? '') ?? [];
  if (digits === undefined || publicName.test(name)) return null;
  const port = Number(digits);
  const [only, another] = byPort.get(port) ?? [];
  const isOther = only !== undefined && (only.path !== service.path || only.name !== service.name);
  if (!isOther || another !== undefined || only.kind !== 'web') return null;
  return { variable: name, service: only, port, path, isPublic: false };
}

/**
 * A service's own address is for those who come from outside, as is what a name says to be (in words
 * as .NET writes them). Where no model of the author's says whom people reach, such a variable is left.
 */
function bySibling(
  { name, address }: EnvVar,
  folder: string,
  service: Service,
  { byPath }: Table,
): SiblingAddress | null {
  const [only, another] = byPath.get(folder) ?? [];
  if (only === undefined || another !== undefined) return null;
  const port = stackOf(only).image(only).port;
  if (port === null) return null;
  const path = /^https?:\/\/[^/]+(\/[\w./~%-]*)$/.exec(address ?? '')?.[1] ?? '';
  const exposure = exposureOf(only);
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
  const isForPeople = keyOf(only) === keyOf(service) || publicName.test(words);
  if (exposure === null && isForPeople) return null;
  const isPublic = exposure === 'public' || isForPeople;
  return { variable: name, service: only, port, path, isPublic };
}

/** Whether people reach a service, as its author's model says; null where none does. */
function exposureOf({ evidence }: Service): string | null {
  return evidence.find(({ fact }) => fact === 'exposure')?.value ?? null;
}

/** Services that another one calls; made once for each scan. */
const called = new WeakMap<ScanResult, ReadonlySet<string>>();

/** Services that have to answer before this one starts: those it calls, or as its author's model has it. */
export function awaitedBy(project: ScanResult, service: Service): readonly Service[] {
  const calls = callsOf(project, service);
  if (!service.evidence.some(({ fact }) => fact === 'deployedName'))
    return calls.map((call) => call.service);
  const { byPath } = tableOf(project);
  const after = service.evidence.flatMap(({ fact, value }) =>
    fact === 'startsAfter' ? (byPath.get(value) ?? []) : [],
  );
  // Addresses in settings are often only handed on.
  const found = calls.filter(({ variable }) => variable.startsWith('services__'));
  return [...found.map((call) => call.service), ...after];
}

/**
 * Whether people come to a service that listens: as its author says, else where no other service of the
 * project calls it.
 */
export function isEntrance(project: ScanResult, service: Service): boolean {
  const exposure = exposureOf(service);
  if (exposure !== null) return exposure === 'public';
  const known = called.get(project) ?? calledBy(project);
  called.set(project, known);
  return !known.has(keyOf(service));
}

function calledBy(project: ScanResult): ReadonlySet<string> {
  const callers = project.services.filter(isDeployable);
  return new Set(
    callers.flatMap((one) => callsOf(project, one).map((answer) => keyOf(answer.service))),
  );
}

const keyOf = ({ path, name }: Service): string => `${path}\0${name}`;

function tableOf(project: ScanResult): Table {
  const known = tables.get(project);
  if (known) return known;
  const byPort = new Map<number, Service[]>();
  const byPath = new Map<string, Service[]>();
  for (const service of project.services) {
    const port = isDeployable(service) ? stackOf(service).image(service).port : null;
    if (port === null) continue;
    byPort.set(port, [...(byPort.get(port) ?? []), service]);
    byPath.set(service.path, [...(byPath.get(service.path) ?? []), service]);
  }
  const table = { byPort, byPath };
  tables.set(project, table);
  return table;
}
