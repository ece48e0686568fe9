import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';
import { backingSpecs } from '../compose/backing.ts';
import type { Connection } from '../connections.ts';
import { dataFolders } from '../data-folders.ts';
import { isDeployable } from '../deployable.ts';
import type { ImageFacts } from '../dockerfile/stack.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { deployedEnv, isSecretName, runtimeEnv } from '../env-class.ts';
import { namesOf, projectLabel } from '../names.ts';
import { otlpEnv } from '../observability/otlp-env.ts';
import { addressesOf, type Call, callsOf, isEntrance } from '../siblings.ts';
import { wiredValue } from '../wiring.ts';
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
  /** Whether the port is ours because the scan could not tell it. */
  readonly portAssumed: boolean;
  /** Whether people come to it: it listens, and stands behind no other service of the project. */
  readonly isPublic: boolean;
  /** Non-secret variables with their values. */
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretKey[];
  /** Other services of the project that it calls, by their names here. */
  readonly calls: readonly (Call & { readonly name: string })[];
  /** Names of the services that keep data in the same volume, this one among them; none where it has its volumes for itself. */
  readonly sharers: readonly string[];
  /** Optional variables that the manifests leave to the code's defaults. */
  readonly defaults: readonly string[];
}

/** What stands for a value that only the user knows. */
export const placeholder = 'change-me';

/** Port for a web service whose port the scan could not tell. */
const assumedPort = 8080;

/** Gathers a service's names, image, port and variables, for a flavour of cluster. */
export function workloadOf(
  project: ScanResult,
  service: Service,
  flavour: Flavour = 'standard',
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
    portAssumed,
    isPublic: port !== null && isEntrance(project, service),
    calls: callsOf(project, service).map((call) => ({
      ...call,
      name: namesOf(project, call.service).label,
    })),
    sharers: sharersOf(project, service),
    ...environmentOf(project, service, port, connection, undefined, (one) =>
      publicUrl(flavour, one),
    ),
  };
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

/**
 * The variables of a service, parted by where they belong. Elsewhere than in a cluster its systems
 * are reached by other `connections`, whose passwords hold {@link placeholder}, and the services that
 * it calls by another `address`, those that people reach by a `publicAddress`, null where only the
 * user knows it.
 */
export function environmentOf(
  project: ScanResult,
  service: Service,
  port: number | null,
  connections: (system: BackingService) => Connection = connection,
  address: (name: string) => string = (name) => `http://${name}`,
  publicAddress: (name: string) => string | null = () => null,
): Pick<Workload, 'config' | 'secrets' | 'defaults'> {
  if (service.kind === 'static') return { config: {}, secrets: [], defaults: [] };
  const config: Record<string, string> = {
    ...runtimeEnv(service, port),
    ...otlpEnv(project, service),
  };
  // The Service of each answers on 80, whatever its container listens on.
  const calls = new Map(
    addressesOf(project, service).flatMap((one) => {
      const { label } = namesOf(project, one.service);
      const isOpen = isEntrance(project, one.service);
      const base = one.isPublic ? (isOpen ? publicAddress(label) : null) : address(label);
      return base === null ? [] : [[one.variable, `${base}${one.path}`] as const];
    }),
  );
  const secrets: SecretKey[] = [];
  const defaults: string[] = [];
  for (const variable of deployedEnv(service)) {
    const { name, required } = variable;
    if (Object.hasOwn(config, name)) continue;
    const wired = wiredValue(service, name, connections) ?? calls.get(name) ?? null;
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
