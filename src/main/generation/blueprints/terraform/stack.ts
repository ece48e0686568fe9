import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import type { Cloud, Compute } from '#shared/target.ts';
import { dataFolders } from '../data-folders.ts';
import { databasesOf } from '../databases.ts';
import { isDeployable } from '../deployable.ts';
import { workloadOf } from '../kubernetes/context.ts';
import { livenessPath } from '../kubernetes/liveness.ts';
import { resourcesOf } from '../kubernetes/resources.ts';
import { dnsLabel, namesOf, projectLabel } from '../names.ts';
import { otlpEndpoint } from '../observability/otlp-env.ts';
import { releaseArgv } from '../release.ts';
import { keyOf } from './keys.ts';
import { withShared } from './shared-secrets.ts';
import { type CloudFacts, type Environment, wire } from './wire.ts';

/** A service as Terraform runs it. */
export interface TerraformService extends Environment {
  /** Its key in maps and its name in the cloud, at most 24 characters. */
  readonly key: string;
  /** Its name in the other files, which its service account in a cluster has. */
  readonly label: string;
  readonly service: Service;
  /** Repository of the image in the registry, and its first tag. */
  readonly image: string;
  readonly tag: string;
  readonly port: number | null;
  readonly portAssumed: boolean;
  readonly isPublic: boolean;
  readonly healthPath: string | null;
  /** Path by which it says that its process lives; null where its port has to do. */
  readonly livePath: string | null;
  /** What it may use, in MiB, as the manifests for Kubernetes have it. */
  readonly memory: number;
  readonly uid: number;
  readonly gid: number;
  /** Folders that outlive the container, by the names of their volumes. */
  readonly volumes: Readonly<Record<string, string>>;
  readonly release: readonly string[] | null;
  /** Whether it has telemetry to send, and nobody said where to. */
  readonly sendsTelemetry: boolean;
}

/** All that the files of one cloud are written from. */
export interface Stack {
  readonly cloud: Cloud;
  readonly compute: Compute;
  /** Whether public services get hosts of the user's domain. */
  readonly hosts: boolean;
  /** Whether the cloud's containers have volumes. */
  readonly keepsFiles: boolean;
  /** Whether the cloud adds containers by itself where there is much to do. */
  readonly scales: boolean;
  /** What of a process the cloud's containers can be told, beside what the image says. */
  readonly sets: CloudFacts['sets'];
  /** The project's name, short enough to start every name in a cloud. */
  readonly name: string;
  /** Namespace that the manifests are for. */
  readonly namespace: string;
  readonly services: readonly TerraformService[];
  /** Names of values that several processes of one source have in common: `service.NAME`. */
  readonly shared: readonly string[];
  /** Systems that the cloud has as a service of its own. */
  readonly managed: readonly BackingService[];
  /** Systems that it has not: their hosts are variables. */
  readonly external: readonly BackingService[];
  /** Those of them whose address no variable of a service takes by convention. */
  readonly unwired: readonly BackingService[];
  /** Databases that services want by name and that nothing here makes. */
  readonly unmade: readonly {
    readonly system: BackingService;
    readonly names: readonly string[];
  }[];
}

/** Gathers the services that run, and the systems that they need. */
export function stackFor(project: ScanResult, facts: CloudFacts, compute: Compute): Stack {
  const deployed = project.services.filter(isDeployable);
  const systems = [...new Set(deployed.flatMap(({ backingServices }) => backingServices))].sort();
  const within = compute === 'containers' ? facts : inCluster(facts);
  const { services, shared } = withShared(
    deployed.map((service) => {
      const one = serviceOf(project, service, within);
      return compute === 'containers' ? withoutCollector(one) : one;
    }),
  );
  const asked = new Set(
    services.flatMap(({ env }) =>
      Object.values(env).flatMap(({ source }) =>
        [...source.matchAll(/var\.external_hosts\.(\w+)/g)].map(([, system]) => system),
      ),
    ),
  );
  const missing = systems.filter((system) => facts.managed[system] === undefined);
  return {
    cloud: facts.cloud,
    compute,
    hosts: facts.hosts,
    keepsFiles: facts.volumes,
    scales: facts.scales,
    sets: facts.sets,
    name: dnsLabel(projectLabel(project), 'project', 16),
    namespace: projectLabel(project),
    services,
    shared,
    managed: systems.filter((system) => facts.managed[system] !== undefined),
    external: missing.filter((system) => asked.has(system)),
    unwired: missing.filter((system) => !asked.has(system)),
    unmade: systems
      .filter((system) => facts.managed[system]?.databases === undefined)
      .map((system) => ({ system, names: databasesOf(deployed, system) }))
      .filter(({ names }) => names.length > 0),
  };
}

/** In a cluster its own DNS knows the services, and the manifests know their hosts. */
function inCluster({ publicHost: _, ...facts }: CloudFacts): CloudFacts {
  return { ...facts, hosts: false, address: (label, port) => [`http://${label}:${port}`] };
}

/** The project's collector runs in a cluster: elsewhere its name leads nowhere. */
function withoutCollector({ env, ...one }: TerraformService): TerraformService {
  const { [otlpEndpoint]: endpoint, ...rest } = env;
  return { ...one, env: rest, sendsTelemetry: endpoint !== undefined };
}

function serviceOf(project: ScanResult, service: Service, facts: CloudFacts): TerraformService {
  const { name, port, portAssumed, isPublic, facts: image } = workloadOf(project, service);
  const [repository = '', tag = ''] = namesOf(project, service).image.split(':');
  const path = service.kind === 'static' ? '/' : service.healthPath;
  return {
    key: keyOf(project, name),
    label: name,
    service,
    image: repository,
    tag,
    port,
    portAssumed,
    isPublic,
    healthPath: path?.startsWith('/') ? path : null,
    livePath: service.kind === 'static' ? '/' : livenessPath(service),
    memory: mebibytes(service),
    uid: image.uid,
    gid: image.gid,
    volumes: Object.fromEntries(dataFolders(service).map((one) => [one.volume, one.path])),
    release: releaseArgv(service),
    sendsTelemetry: false,
    ...wire(project, service, port, facts),
  };
}

function mebibytes(service: Service): number {
  const { limits } = resourcesOf(service);
  const [, number, unit] = /^(\d+)(Mi|Gi)$/.exec(limits.memory ?? '') ?? [];
  return Number(number ?? 512) * (unit === 'Gi' ? 1024 : 1);
}
