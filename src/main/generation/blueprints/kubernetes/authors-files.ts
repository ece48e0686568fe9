import type { ScanResult, Service } from '#shared/scan.ts';
import { imageParts } from '../../improve/dockerfile/base-image.ts';
import { knownImage } from '../../improve/known-images.ts';
import type { ContainerName } from '../../improve/kubernetes/facts.ts';
import { readYamlFile } from '../../improve/yaml/yaml-file.ts';
import {
  containersOf,
  type PodTemplate,
  podTemplateOf,
  readResource,
} from '../../validation/kubernetes/resource.ts';
import { mapping } from '../../validation/plain.ts';
import { Report } from '../../validation/report.ts';
import { isImproved, type Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { namesOf } from '../names.ts';

/** An object of an author's file that runs pods. */
export type AuthorsWorkload = {
  /** `Deployment` and the like. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly pod: PodTemplate;
};

/** A manifest that the author wrote, and what runs in it. */
export type AuthorsFile = {
  readonly path: string;
  readonly content: string;
  readonly workloads: readonly AuthorsWorkload[];
  /** Labels by which network policies of the file choose pods. */
  readonly policies: readonly Readonly<Record<string, unknown>>[];
};

/** What was read of a project's files, by path: jobs by the hundred ask for the same ones. */
const read = new WeakMap<ScanResult, Map<string, AuthorsFile>>();

/** The author's manifests among the texts, by path. Each text is parsed once for a scan. */
export function authorsFiles(
  project: ScanResult,
  surroundings: Surroundings,
): readonly AuthorsFile[] {
  const known = read.get(project) ?? new Map<string, AuthorsFile>();
  read.set(project, known);
  return [...surroundings.texts]
    .filter(([path]) => /\.ya?ml$/.test(path) && isImproved(surroundings, path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { content }]) => {
      const before = known.get(path);
      const file = before?.content === content ? before : fileOf(path, content);
      known.set(path, file);
      return file;
    });
}

function fileOf(path: string, content: string): AuthorsFile {
  const objects = (readYamlFile(content)?.documents ?? []).map(({ value }) =>
    readResource(mapping(value), [], () => 1, new Report()),
  );
  return {
    path,
    content,
    workloads: objects.flatMap((one) => {
      const pod = podTemplateOf(one);
      if (!pod || one.name === '') return [];
      return [{ kind: one.kind, name: one.name, namespace: one.namespace, pod }];
    }),
    policies: objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ value }) => mapping(mapping(mapping(value.spec).podSelector).matchLabels)),
  };
}

/** The names of all containers of a workload. */
export function containerNames({ name, pod }: AuthorsWorkload): readonly ContainerName[] {
  return containersOf(pod).map(({ container }) => ({
    workload: name,
    container: String(container.name ?? ''),
    image: typeof container.image === 'string' ? container.image : '',
  }));
}

/** The service that a container runs, by the name of its image, its own, or its workload's. */
export function serviceOf(
  project: ScanResult,
  { workload, container, image }: ContainerName,
): Service | null {
  if (image === '' || knownImage(image) !== null) return null;
  const last = imageParts(image).repository.split('/').at(-1) ?? '';
  const words = [last, last.split(/[_-]/).at(-1) ?? '', container, workload].map(plain);
  const services = project.services.filter(isDeployable);
  for (const word of words) {
    const found = services.filter((one) => word !== '' && namesFor(project, one).has(word));
    if (found.length === 1) return found[0] ?? null;
  }
  return null;
}

function namesFor(project: ScanResult, service: Service): ReadonlySet<string> {
  const { label } = namesOf(project, service);
  const folder = service.path.split('/').at(-1) ?? '';
  return new Set([service.name, label, folder].map(plain).filter((word) => word !== ''));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * The author's manifests that come with the files of a service: those that run it, those in our own
 * place, and, with the first service that has any, those that belong to no service. Empty where the
 * author has none for it.
 */
export function filesOf(
  project: ScanResult,
  service: Service,
  ownPath: string,
  files: readonly AuthorsFile[],
): readonly AuthorsFile[] {
  const owners = new Map(files.map((file) => [file, ownersOf(project, file)]));
  const isMine = (file: AuthorsFile): boolean =>
    file.path === ownPath || owners.get(file)?.[0] === service;
  if (!files.some((file) => file.path === ownPath || owners.get(file)?.includes(service)))
    return [];
  const first = project.services.find((one) =>
    [...owners.values()].some(([owner]) => owner === one),
  );
  return files.filter(
    (file) => isMine(file) || (owners.get(file)?.length === 0 && first === service),
  );
}

function ownersOf(project: ScanResult, file: AuthorsFile): readonly Service[] {
  const found = file.workloads
    .flatMap(containerNames)
    .flatMap((name) => serviceOf(project, name) ?? []);
  return project.services.filter((one) => found.includes(one));
}
