import type { ScanResult, Service } from '#shared/scan.ts';
import { list, mapping } from '../../validation/plain.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import {
  type AuthorsFile,
  type AuthorsService,
  type AuthorsWorkload,
  authorsFiles,
} from './authors-files.ts';
import { manifestPath } from './manifest-path.ts';
import { containerNames, serviceOf } from './owners.ts';

/** How an author's manifests run a service: what others have to select and to measure it by. */
export type Deployed = {
  /** `Deployment` and the like. */
  readonly kind: string;
  readonly name: string;
  /** Empty where the manifests name none. */
  readonly namespace: string;
  readonly container: string;
  /** The image as it is written. */
  readonly image: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** The Service that leads to its port; null where there is none. */
  readonly address: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly port: AuthorsService['ports'][number];
  } | null;
};

/** The services of a project that its author's manifests run. */
export type AuthorsDeployed = ReadonlyMap<Service, Deployed>;

/** No service that an author's manifests run: those of a run that writes all of them anew. */
export const noneDeployed: AuthorsDeployed = new Map();

/** Paths of the author's manifests, for blueprints whose files select what they run. */
export function manifestsRead(
  project: ScanResult,
  { existing }: Surroundings['target'],
): readonly string[] {
  if (existing === 'replace') return [];
  return project.existing.filter(({ kind }) => kind === 'kubernetes').map(({ path }) => path);
}

const known = new WeakMap<Surroundings['texts'], AuthorsDeployed>();

/**
 * The services that an author's manifests run, by what those say. Where several folders run a service,
 * as each environment's does, the one counts that runs most of them.
 */
export function deployedByAuthor(project: ScanResult, surroundings: Surroundings): AuthorsDeployed {
  if (surroundings.target.existing === 'replace') return noneDeployed;
  const before = known.get(surroundings.texts);
  if (before) return before;
  const own = new Set(project.services.map((one) => manifestPath(project, one)));
  const files = authorsFiles(project, surroundings).filter(
    ({ path }) => !own.has(path) && !/(?:^|\/)(?:deploy\/kustomize|kustomize-omega)\//.test(path),
  );
  const found = files.flatMap((file) => runsIn(project, file));
  const counts = new Map<string, number>();
  for (const { folder } of found) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const services = files.flatMap((file) =>
    file.services.map((one) => ({ one, folder: folderOf(file) })),
  );
  const made = new Map<Service, Deployed>();
  for (const [service, all] of Map.groupBy(found, (one) => one.service)) {
    const [best] = all.toSorted(
      (a, b) => (counts.get(b.folder) ?? 0) - (counts.get(a.folder) ?? 0),
    );
    if (best === undefined || !isDeployable(service)) continue;
    const near = services.filter(({ folder }) => folder === best.folder);
    made.set(
      service,
      describe(
        best,
        near.map(({ one }) => one),
      ),
    );
  }
  known.set(surroundings.texts, made);
  return made;
}

type Run = {
  readonly service: Service;
  readonly folder: string;
  readonly workload: AuthorsWorkload;
  readonly container: string;
  readonly image: string;
};

const folderOf = ({ path }: AuthorsFile): string => path.slice(0, path.lastIndexOf('/') + 1);

function runsIn(project: ScanResult, file: AuthorsFile): readonly Run[] {
  return file.workloads.flatMap((workload) => {
    const mains = new Set(list(workload.pod.spec.containers).map((one) => mapping(one).name));
    const names = containerNames(workload).filter(({ container }) => mains.has(container));
    return names.flatMap((one): Run[] => {
      // A pod of several says by none of its names which of them is the service.
      const service = serviceOf(project, names.length === 1 ? one : { ...one, workload: '' });
      const { container, image } = one;
      return service ? [{ service, folder: folderOf(file), workload, container, image }] : [];
    });
  });
}

function describe(
  { service, workload, container, image }: Run,
  services: readonly AuthorsService[],
): Deployed {
  const labels = texts(mapping(workload.pod.metadata.labels));
  const leading = services.filter(
    ({ selector, namespace, ports }) =>
      ports.length > 0 &&
      Object.keys(selector).length > 0 &&
      (namespace === workload.namespace || namespace === '' || workload.namespace === '') &&
      Object.entries(selector).every(([key, value]) => labels[key] === value),
  );
  const wanted = stackOf(service).image(service).port;
  const answers = ({ targetPort }: AuthorsService['ports'][number]): boolean =>
    targetPort === wanted || portNumber(workload, container, targetPort) === wanted;
  // Of several the first is inside of the cluster by custom; one that leads to the port wins.
  const address = leading.find(({ ports }) => ports.some(answers)) ?? leading[0];
  const port = address?.ports.find(answers) ?? address?.ports[0];
  return {
    kind: workload.kind,
    name: workload.name,
    namespace: workload.namespace,
    container,
    image,
    labels,
    address: address && port ? { name: address.name, labels: texts(address.labels), port } : null,
  };
}

function portNumber(
  { pod }: AuthorsWorkload,
  container: string,
  name: number | string,
): number | null {
  const own = list(pod.spec.containers)
    .map(mapping)
    .find((one) => one.name === container);
  const port = list(own?.ports)
    .map(mapping)
    .find((one) => one.name === name)?.containerPort;
  return typeof port === 'number' ? port : null;
}

function texts(labels: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}
