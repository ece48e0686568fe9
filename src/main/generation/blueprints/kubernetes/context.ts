import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';
import { backingSpecs } from '../compose/backing.ts';
import type { Connection } from '../connections.ts';
import { dataFolders } from '../data-folders.ts';
import { isDeployable } from '../deployable.ts';
import type { ImageFacts } from '../dockerfile/stack.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { isAddressed, isEntrance } from '../entrances.ts';
import { deployedEnv, isSecretName, runtimeEnv } from '../env-class.ts';
import { namesOf, projectLabel } from '../names.ts';
import { otlpEnv } from '../observability/otlp-env.ts';
import { addressesOf, assumedPort, type Call, callsOf, callValue } from '../siblings.ts';
import { wiredValue } from '../wiring.ts';
import { type AuthorsDeployed, noneDeployed } from './deployed.ts';
import { publicUrl } from './entrance.ts';
import { type FlavourFacts, flavourFacts } from './flavours.ts';

/** One variable of a Secret: whether the source needs it. */
export interface SecretKey {
  readonly name: string;
  readonly required: boolean;
  /** What it looks like, with `...` for the password; left out where only the user knows. */
  readonly shape?: string;
}

/** How a secret is given to `kubectl create secret`. */
export function literalOf({ name, shape }: SecretKey): string {
  return `--from-literal=${name}=${shape === undefined ? '...' : `'${shape}'`}`;
}

/** Where the pods of another service answer. */
export type CalledPods = Pick<Call, 'port'> & {
  readonly labels: Readonly<Record<string, string>>;
};

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
  /** Other services of the project that it calls: the labels and the port of their pods, each once. */
  readonly calls: readonly CalledPods[];
  /** Names of the services that keep data in the same volume, this one among them; none where it has its volumes for itself. */
  readonly sharers: readonly string[];
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
    isPublic: port !== null && isEntrance(project, service),
    calls: calledBy(project, service, authors),
    sharers: sharersOf(project, service),
    ...environmentOf(project, service, port, {
      system: connection,
      inside: (call, called) => {
        const theirs = authors.deployed.get(call.service)?.address;
        return theirs
          ? callValue(call, theirs.name, theirs.port.port)
          : callValue(call, called, authors.ports.get(called) ?? call.port);
      },
      outside: (called) => publicUrl(flavour, called),
    }),
  };
}

function calledBy(
  project: ScanResult,
  service: Service,
  { deployed }: Authors,
): readonly CalledPods[] {
  const pods = callsOf(project, service).map(({ service: other, port }) => {
    const labels = deployed.get(other)?.labels ?? selectorOf(namesOf(project, other).label);
    return [other, { labels, port }] as const;
  });
  return [...new Map(pods).values()];
}

/** Labels of a project's services by the volumes that they keep data in; made once for each scan. */
const volumes = new WeakMap<ScanResult, ReadonlyMap<string, readonly string[]>>();

function sharersOf(project: ScanResult, service: Service): readonly string[] {
  const own = dataFolders(service);
  if (own.length === 0) return [];
  const byVolume = volumes.get(project) ?? volumesOf(project);
  volumes.set(project, byVolume);
  const sharers = new Set(own.flatMap(({ volume }) => byVolume.get(volume) ?? []));
  return sharers.size > 1 ? [...sharers] : [];
}

function volumesOf(project: ScanResult): ReadonlyMap<string, readonly string[]> {
  const byVolume = new Map<string, string[]>();
  for (const service of project.services.filter(isDeployable)) {
    for (const { volume } of dataFolders(service)) {
      const { label } = namesOf(project, service);
      byVolume.set(volume, [...(byVolume.get(volume) ?? []), label]);
    }
  }
  return byVolume;
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

/** How a service reaches others where it runs. */
export interface Reached {
  /** A system, by a connection whose password holds {@link placeholder}. */
  readonly system: (system: BackingService) => Connection;
  /** What the variable of a call is given, by the name of the service that is called. */
  readonly inside: (call: Call, name: string) => string;
  /** The address without a path by which people reach a service of this name; null where only the user knows it. */
  readonly outside: (name: string) => string | null;
}

/** The variables of a service, parted by where they belong. */
export function environmentOf(
  project: ScanResult,
  service: Service,
  port: number | null,
  { system, inside, outside }: Reached,
): Pick<Workload, 'config' | 'secrets' | 'defaults'> {
  if (service.kind === 'static') return { config: {}, secrets: [], defaults: [] };
  const config: Record<string, string> = {
    ...runtimeEnv(service, port),
    ...otlpEnv(project, service),
  };
  const calls = new Map(
    addressesOf(project, service).flatMap((call) => {
      const { label } = namesOf(project, call.service);
      if (!call.isPublic) return [[call.variable, inside(call, label)] as const];
      const base = isEntrance(project, call.service) ? outside(label) : null;
      return base === null ? [] : [[call.variable, `${base}${call.path}`] as const];
    }),
  );
  const secrets: SecretKey[] = [];
  const defaults: string[] = [];
  for (const variable of deployedEnv(service)) {
    const { name, required } = variable;
    if (Object.hasOwn(config, name)) continue;
    const wired = wiredValue(service, name, system) ?? calls.get(name) ?? null;
    // What is wired tells by its value whether it is secret; of the others the name must.
    if (wired !== null && !wired.includes(placeholder)) config[name] = wired;
    else if (wired !== null || isSecretName(name)) {
      const isText = wired !== null && variable.connection !== undefined;
      const shape = isText ? { shape: wired.replaceAll(placeholder, '...') } : {};
      secrets.push({ name, required, ...shape });
    } else if (required) config[name] = placeholder;
    else defaults.push(name);
  }
  return { config, secrets, defaults };
}
