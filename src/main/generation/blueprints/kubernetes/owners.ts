import type { ScanResult, Service } from '#shared/scan.ts';
import { imageParts } from '../../improve/dockerfile/base-image.ts';
import { knownImage } from '../../improve/known-images.ts';
import type { ContainerName } from '../../improve/kubernetes/facts.ts';
import { containersOf } from '../../validation/kubernetes/resource.ts';
import { isDeployable } from '../deployable.ts';
import { namesOf } from '../names.ts';
import type { AuthorsFile, AuthorsWorkload } from './authors-files.ts';

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
  const byWord = wordsOf(project);
  for (const word of words) {
    const [only, another] = byWord.get(word) ?? [];
    if (only !== undefined && another === undefined) return only;
  }
  return null;
}

/** Services by the words that they may be named by; made once for a scan. */
const indexes = new WeakMap<ScanResult, ReadonlyMap<string, readonly Service[]>>();

function wordsOf(project: ScanResult): ReadonlyMap<string, readonly Service[]> {
  const known = indexes.get(project);
  if (known) return known;
  const byWord = new Map<string, Service[]>();
  for (const service of project.services.filter(isDeployable)) {
    for (const word of namesFor(project, service)) {
      const named = byWord.get(word);
      if (named) named.push(service);
      else byWord.set(word, [service]);
    }
  }
  indexes.set(project, byWord);
  return byWord;
}

function namesFor(project: ScanResult, service: Service): ReadonlySet<string> {
  const { label } = namesOf(project, service);
  const folder = service.path.split('/').at(-1) ?? '';
  return new Set([service.name, label, folder].map(plain).filter((word) => word !== ''));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Whose files are which; made once for a list of files, because every service's job asks. */
type Owners = {
  /** The files of each service that is the first to run in them, by path. */
  readonly first: ReadonlyMap<Service, readonly AuthorsFile[]>;
  /** The services that run in any file. */
  readonly all: ReadonlySet<Service>;
  readonly byPath: ReadonlyMap<string, AuthorsFile>;
  /** Files that run no service of the project, and whose job takes them. */
  readonly nobodys: readonly AuthorsFile[];
  readonly takes: Service | undefined;
};

const owners = new WeakMap<readonly AuthorsFile[], Owners>();

/**
 * The author's manifests that come with the files of a service: those that run it, those in our own
 * place, and, with the first service that has any, those that belong to no service. Null where the
 * author has none for it; empty where what runs it comes with the files of another service.
 */
export function filesOf(
  project: ScanResult,
  service: Service,
  ownPath: string,
  files: readonly AuthorsFile[],
): readonly AuthorsFile[] | null {
  const { first, all, byPath, nobodys, takes } = ownersOf(project, files);
  const inOurPlace = byPath.get(ownPath);
  if (inOurPlace === undefined && !all.has(service)) return null;
  const mine = new Set([
    ...(first.get(service) ?? []),
    ...(inOurPlace === undefined ? [] : [inOurPlace]),
    ...(takes === service ? nobodys : []),
  ]);
  return [...mine].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function ownersOf(project: ScanResult, files: readonly AuthorsFile[]): Owners {
  const known = owners.get(files);
  if (known) return known;
  const order = new Map(project.services.map((service, at) => [service, at]));
  const first = new Map<Service, AuthorsFile[]>();
  const all = new Set<Service>();
  const nobodys: AuthorsFile[] = [];
  for (const file of files) {
    const found = file.workloads
      .flatMap(containerNames)
      .flatMap((name) => serviceOf(project, name) ?? []);
    for (const service of found) all.add(service);
    const at = Math.min(...found.map((service) => order.get(service) ?? 0));
    const owner = project.services[at];
    if (owner === undefined) nobodys.push(file);
    else first.set(owner, [...(first.get(owner) ?? []), file]);
  }
  const made = {
    first,
    all,
    byPath: new Map(files.map((file) => [file.path, file])),
    nobodys,
    takes: project.services.find((service) => first.has(service)),
  };
  owners.set(files, made);
  return made;
}
