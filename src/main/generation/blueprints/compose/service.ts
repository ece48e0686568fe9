import { Scalar } from 'yaml';
import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import type { Connection } from '../connections.ts';
import { dataFolders, releaserOf } from '../data-folders.ts';
import type { ImageFacts } from '../dockerfile/stack.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { buildEnv, deployedEnv, runtimeEnv } from '../env-class.ts';
import { dockerfilePath, namesOf } from '../names.ts';
import { releaseArgv } from '../release.ts';
import { addressesOf, callValue } from '../siblings.ts';
import { wiredValue } from '../wiring.ts';
import { backingSpecs } from './backing.ts';
import { madeFor } from './databases.ts';

/** Text that Compose must not interpolate. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** How services in this file reach a system: its name, and its password as Compose reads it. */
export function composeConnection(
  names: ReadonlyMap<BackingService, string>,
): (system: BackingService) => Connection {
  return (system) => {
    const { port, user, database, passwordVariable } = backingSpecs[system];
    const password =
      passwordVariable === null ? '' : `\${${passwordVariable}:?set ${passwordVariable} in .env}`;
    return { host: names.get(system) ?? system, port, user, password, database };
  };
}

/** The variable in `.env` with the address of a service that people know. */
export function publicVariable(label: string): string {
  return `${label.toUpperCase().replaceAll('-', '_')}_URL`;
}

/**
 * The variables of a service. Connections, and calls to other services here, are wired; other required ones must come from `.env`;
 * optional ones pass through (null), so that an unset one stays unset and keeps the code's default.
 */
export function composeEnvironment(
  project: ScanResult,
  service: Service,
  port: number | null,
  names: ReadonlyMap<BackingService, string>,
): Readonly<Record<string, string | null>> {
  const calls = new Map(
    addressesOf(project, service).map((call) => {
      const { label } = namesOf(project, call.service);
      if (!call.isPublic) return [call.variable, callValue(call, label, call.port)];
      // Where people reach a service from outside only the user knows.
      const variable = publicVariable(label);
      return [call.variable, `\${${variable}:?set ${variable} in .env}${call.path}`];
    }),
  );
  const fixed = runtimeEnv(service, port);
  const connection = composeConnection(names);
  const environment: Record<string, string | null> = { ...fixed };
  for (const { name, required } of deployedEnv(service)) {
    if (Object.hasOwn(fixed, name)) continue;
    const wired = wiredValue(service, name, connection) ?? calls.get(name);
    environment[name] = wired ?? (required ? `\${${name}:?set ${name} in .env}` : null);
  }
  return environment;
}

/**
 * One service of ours as Compose has it. `hostPort` is null for what publishes nothing; `after` are
 * the services that have to answer before it starts.
 */
export function composeService(
  project: ScanResult,
  service: Service,
  facts: ImageFacts,
  hostPort: number | null,
  names: ReadonlyMap<BackingService, string>,
  after: readonly Service[],
): Readonly<Record<string, unknown>> {
  const environment = composeEnvironment(project, service, facts.port, names);
  const systems = [...new Set(service.backingServices)];
  const releaser = releaserOf(project, service);
  const dependencies = [
    ...systems.map((system) => [names.get(system) ?? system, { condition: 'service_healthy' }]),
    ...madeFor(service, names),
    ...(releaser === null
      ? []
      : [[releaseName(project, releaser), { condition: 'service_completed_successfully' }]]),
    ...after.map((other) => [namesOf(project, other).label, { condition: ready(other) }]),
  ];
  const context = service.context === '.' ? '.' : `./${service.context}`;
  const isJob = service.kind === 'job';
  return {
    image: namesOf(project, service).image,
    build: {
      context: literal(context),
      dockerfile: literal(relativeDockerfile(project, service)),
      ...buildArguments(service),
    },
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    ...(hostPort !== null && facts.port !== null
      ? { ports: [quoted(`${hostPort}:${facts.port}`)] }
      : {}),
    ...mounts(service),
    ...(dependencies.length > 0 ? { depends_on: Object.fromEntries(dependencies) } : {}),
    networks: systems.length > 0 ? ['frontend', 'backend'] : ['frontend'],
    restart: isJob ? 'no' : 'unless-stopped',
    init: true,
    security_opt: ['no-new-privileges:true'],
    cap_drop: ['ALL'],
  };
}

/** What Compose can wait for: the image's own health check where it has one. */
function ready(service: Service): string {
  return stackOf(service).image(service).health === null ? 'service_started' : 'service_healthy';
}

/** The name of the service that runs the release command of another. */
export function releaseName(project: ScanResult, service: Service): string {
  return `${namesOf(project, service).label}-release`;
}

/**
 * The service that runs a service's release command once before it starts: of the same image, with
 * the same environment. Null where there is no such command.
 */
export function releaseService(
  service: Service,
  own: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<BackingService, string>,
): Readonly<Record<string, unknown>> | null {
  const command = releaseArgv(service);
  if (command === null) return null;
  const { ports: _ports, depends_on: _after, restart: _restart, ...same } = own;
  const systems = [...new Set(service.backingServices)];
  const after = [
    ...systems.map((system) => [names.get(system) ?? system, { condition: 'service_healthy' }]),
    ...madeFor(service, names),
  ];
  return {
    ...same,
    command: command.map(literal),
    ...(after.length > 0 ? { depends_on: Object.fromEntries(after) } : {}),
    restart: 'no',
  };
}

function mounts(service: Service): object {
  const volumes = dataFolders(service).map(({ volume, path }) => `${volume}:${path}`);
  return volumes.length > 0 ? { volumes } : {};
}

/** Variables that the build reads, from `.env` like the others. */
function buildArguments(service: Service): object {
  const args = buildEnv(service).map(({ name, required }) => [
    name,
    required ? `\${${name}:?set ${name} in .env}` : null,
  ]);
  return args.length > 0 ? { args: Object.fromEntries(args) } : {};
}

/** YAML 1.1 reads `22:22` as a number to the base of 60, so ports are always quoted. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

/** Compose resolves the Dockerfile's path against the context. */
function relativeDockerfile(project: ScanResult, service: Service): string {
  const path = dockerfilePath(project, service);
  return service.context === '.' || !path.startsWith(`${service.context}/`)
    ? path
    : path.slice(service.context.length + 1);
}
