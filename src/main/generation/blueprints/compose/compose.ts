import { Document, isMap, isPair, isScalar, type Pair, type Scalar } from 'yaml';
import type { Artifact } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import { dataFolders } from '../data-folders.ts';
import { isDeployable } from '../deployable.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { isEntrance, isShown } from '../entrances.ts';
import { freePath } from '../free-path.ts';
import { namesOf, projectLabel } from '../names.ts';
import { backingSpecs } from './backing.ts';
import { backingEntry, rightsNote } from './backing-entry.ts';
import { databasesEntry, databasesName } from './databases.ts';
import { envExample } from './env-example.ts';
import { HostPorts } from './ports.ts';
import { composeService, releaseName, releaseService } from './service.ts';
import { startOrder } from './start-order.ts';
import { authorsHost, unsentNote, unsentSystems } from './unsent.ts';

function headOf(path: string): string {
  const chosen = defaultPaths.includes(path) ? '' : `-f ${path} `;
  return ` All services of the project with what they store their data in.
 docker compose ${chosen}up --build --wait
 Values that are missing from .env are named by the command itself.`;
}

/**
 * The Compose file of the whole project, and `.env.example` where the project has none.
 * @throws OmegaError `INVALID_INPUT` where nothing can be deployed or a language has no blueprint.
 */
export function composeArtifacts(project: ScanResult): readonly Artifact[] {
  const services = project.services.filter(isDeployable);
  if (services.length === 0) {
    throw new OmegaError(
      'INVALID_INPUT',
      'The scan found no deployable service, so there is nothing for Compose to run. Check the scan’s unknowns, or open the folder that holds the services.',
    );
  }
  const taken = new Set(services.map((service) => namesOf(project, service).label));
  const systems = [...new Set(services.flatMap((service) => service.backingServices))].sort();
  const unsent = unsentSystems(services, systems);
  const names = new Map(
    systems.map((system) => {
      const host = unsent.has(system) ? authorsHost(services, system) : null;
      return [system, freeName(host ?? system, taken)];
    }),
  );
  const ports = new HostPorts();
  const order = startOrder(project, services);
  const entries: [string, unknown][] = [];
  for (const service of services) {
    const facts = stackOf(service).image(service);
    const serves = service.kind !== 'worker' && service.kind !== 'job';
    const published = serves && (isEntrance(project, service) || isShown(project, service));
    const hostPort = published && facts.port !== null ? ports.take(facts.port) : null;
    const own = composeService(project, service, facts, hostPort, names, order.get(service) ?? []);
    const release = releaseService(service, own, names);
    if (release !== null) entries.push([releaseName(project, service), release]);
    entries.push([namesOf(project, service).label, own]);
  }
  for (const system of systems) {
    entries.push([names.get(system) ?? system, backingEntry(system, names, unsent.has(system))]);
    const maker = databasesName(services, system, names);
    if (maker !== null) entries.push([maker, databasesEntry(services, system, names)]);
  }
  const document = new Document(
    {
      name: projectLabel(project),
      services: Object.fromEntries(entries),
      networks: { frontend: {}, ...(systems.length > 0 ? { backend: { internal: true } } : {}) },
      ...volumes(systems, names, services),
    },
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  const path = freePath(project, composePath(project), 'compose.omega.yaml');
  if (document.contents) document.contents.commentBefore = headOf(path);
  spaceServices(document);
  const notes = [...unsent].map((system) => [names.get(system) ?? system, unsentNote(system)]);
  noteServices(document, new Map(notes as [string, string][]));
  const content = document.toString({ lineWidth: 0, nullStr: '' });
  return [{ kind: 'compose', path, content }, ...envExample(project, services, names, unsent)];
}

/** Names that Compose looks for, in its own order; it reads the first and passes over the others. */
const defaultPaths = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** The file that Compose reads today, so that a proposal is a change to it and never hides it. */
export function composePath(project: ScanResult): string {
  const existing = new Set(project.existing.map(({ path }) => path));
  return defaultPaths.find((path) => existing.has(path)) ?? 'compose.yaml';
}

/** The wished name, or one that no service of the project has. */
function freeName(wished: string, taken: ReadonlySet<string>): string {
  let name = wished;
  for (let count = 1; taken.has(name); count++)
    name = count === 1 ? `${wished}-store` : `${wished}-store-${count}`;
  return name;
}

function volumes(
  systems: readonly BackingService[],
  names: ReadonlyMap<BackingService, string>,
  services: readonly Service[],
): object {
  const kept = systems.filter((system) => backingSpecs[system].data !== null);
  const all = [
    ...kept.map((system) => `${names.get(system) ?? system}-data`),
    ...services.flatMap((service) => dataFolders(service).map(({ volume }) => volume)),
  ];
  return all.length === 0 ? {} : { volumes: Object.fromEntries(all.map((name) => [name, {}])) };
}

/** Empty lines between sections and between services, for the one who reads the file. */
function spaceServices(document: Document): void {
  if (!isMap(document.contents)) return;
  for (const section of document.contents.items) {
    space(section);
    if (
      isPair(section) &&
      isScalar(section.key) &&
      section.key.value === 'services' &&
      isMap(section.value)
    ) {
      section.value.items.slice(1).forEach(space);
    }
  }
}

/** Comments above services, by their names, and above the capabilities that an image is left with. */
function noteServices(document: Document, notes: ReadonlyMap<string, string>): void {
  const services = document.get('services');
  if (!isMap(services)) return;
  for (const { key, value } of services.items) {
    const note = isScalar(key) ? notes.get(String(key.value)) : undefined;
    if (note !== undefined && isScalar(key)) key.commentBefore = note;
    if (!isMap(value)) continue;
    const rights = value.items.find((one) => isScalar(one.key) && one.key.value === 'cap_add');
    if (isScalar(rights?.key)) rights.key.commentBefore = rightsNote(String(value.get('image')));
  }
}

function space(pair: Pair): void {
  if (isScalar(pair.key)) (pair.key as Scalar).spaceBefore = true;
}
