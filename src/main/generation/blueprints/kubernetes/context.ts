import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';
import { backingSpecs } from '../compose/backing.ts';
import type { Connection } from '../connections.ts';
import type { ImageFacts } from '../dockerfile/stack.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { deployedEnv, isSecretName, runtimeEnv } from '../env-class.ts';
import { namesOf, projectLabel } from '../names.ts';
import { otlpEnv } from '../observability/otlp-env.ts';
import { assumedPort, type Call, callsOf, callValue, isAddressed, isCalled } from '../siblings.ts';
import { wiredValue } from '../wiring.ts';
import { type AuthorsDeployed, noneDeployed } from './deployed.ts';
import { type FlavourFacts, flavourFacts } from './flavours.ts';

/** One variable of a Secret: whether the source needs it. */
export interface SecretKey {
  readonly name: string;
  readonly required: boolean;
}

/** Everything that the manifests of one service share. */
export interface Workload {
  readonly service: Service;
  readonly facts: ImageFacts;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly flavour: Flavour;
  /** What the flavour of the cluster asks for. */
  readonly cluster: FlavourFacts;
  /** The port of the container, or null where nothing connects to it. */
  readonly port: number | null;
  /** The port of its Service: that of the container where others call it, so that every file names the same. */
  readonly answersOn: number;
  /** Whether the port is ours because the scan could not tell it. */
  readonly portAssumed: boolean;
  /** Whether people come to it: it listens, and stands behind no other service of the project. */
  readonly isPublic: boolean;
  /** Non-secret variables with their values. */
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretKey[];
  /** Other services of the project that it calls, by their names here and the labels of their pods. */
  readonly calls: readonly (Call & {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
  })[];
  /** Optional variables that the manifests leave to the code's defaults. */
  readonly defaults: readonly string[];
}

/** What stands for a value that only the user knows. */
export const placeholder = 'change-me';

/** What an author's manifests say that ours have to fit. */
export interface Authors {
  readonly deployed: AuthorsDeployed;
  /** The ports on which they call services by name. */
  readonly ports: ReadonlyMap<string, number>;
}

const noAuthors: Authors = { deployed: noneDeployed, ports: new Map() };

/** Port of the Service of what people alone come to. */
const webPort = 80;

/**
 * Gathers a service's names, image, port and variables, for a flavour of cluster. Services that the
 * author's manifests run are called by what these say.
 */
export function workloadOf(
  project: ScanResult,
  service: Service,
  flavour: Flavour = 'standard',
  authors: Authors = noAuthors,
): Workload {
  const facts = stackOf(service).image(service);
  const { label: name, image } = namesOf(project, service);
  const cluster = flavourFacts[flavour](image);
  const serves = service.kind === 'web' || service.kind === 'static';
  const portAssumed = serves && facts.port === null;
  const port = serves ? (facts.port ?? assumedPort) : null;
  const selector = selectorOf(name);
  return {
    service,
    facts,
    name,
    image: `${cluster.registry}${image}`,
    flavour,
    cluster,
    selector,
    labels: {
      ...selector,
      'app.kubernetes.io/component': service.kind,
      'app.kubernetes.io/part-of': projectLabel(project),
      'app.kubernetes.io/version': '1.0.0',
    },
    port,
    answersOn:
      authors.ports.get(name) ?? (port !== null && isAddressed(project, service) ? port : webPort),
    portAssumed,
    isPublic: port !== null && !isCalled(project, service),
    calls: callsOf(project, service).map((call) => {
      const called = namesOf(project, call.service).label;
      const theirs = authors.deployed.get(call.service);
      return { ...call, name: called, labels: theirs?.labels ?? selectorOf(called) };
    }),
    ...environmentOf(project, service, port, connection, (call, called) => {
      const address = authors.deployed.get(call.service)?.address;
      return address
        ? callValue(call, address.name, address.port.port)
        : callValue(call, called, authors.ports.get(called) ?? call.port);
    }),
  };
}

/** The labels that the pods of a service are found by. */
export function selectorOf(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
}

/** In the cluster a system is reached by a Service of its own name; its password is a secret. */
function connection(system: BackingService): Connection {
  const { port, user, database } = backingSpecs[system];
  return { host: system, port, user, password: placeholder, database };
}

/**
 * The variables of a service, parted by where they belong. Elsewhere than in a cluster its systems
 * are reached by other `connections`, whose passwords hold {@link placeholder}, and the services that
 * it calls by other addresses, `address`.
 */
export function environmentOf(
  project: ScanResult,
  service: Service,
  port: number | null,
  connections: (system: BackingService) => Connection = connection,
  address: (call: Call, name: string) => string = (call, name) => callValue(call, name, call.port),
): Pick<Workload, 'config' | 'secrets' | 'defaults'> {
  if (service.kind === 'static') return { config: {}, secrets: [], defaults: [] };
  const config: Record<string, string> = {
    ...runtimeEnv(service, port),
    ...otlpEnv(project, service),
  };
  const calls = new Map(
    callsOf(project, service).map((call) => [
      call.variable,
      address(call, namesOf(project, call.service).label),
    ]),
  );
  const secrets: SecretKey[] = [];
  const defaults: string[] = [];
  for (const { name, required } of deployedEnv(service)) {
    if (Object.hasOwn(config, name)) continue;
    const wired = wiredValue(service, name, connections) ?? calls.get(name) ?? null;
    // What is wired tells by its value whether it is secret; of the others the name must.
    if (wired !== null && !wired.includes(placeholder)) config[name] = wired;
    else if (wired !== null || isSecretName(name)) secrets.push({ name, required });
    else if (required) config[name] = placeholder;
    else defaults.push(name);
  }
  return { config, secrets, defaults };
}
