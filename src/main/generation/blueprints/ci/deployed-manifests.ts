import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { imageParts } from '../../improve/dockerfile/base-image.ts';
import type { ContainerName } from '../../improve/kubernetes/facts.ts';
import { list, mapping } from '../../validation/plain.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { type AuthorsWorkload, authorsFiles } from '../kubernetes/authors-files.ts';
import { flavourFacts } from '../kubernetes/flavours.ts';
import { manifestPath } from '../kubernetes/manifest-path.ts';
import { containerNames, serviceOf } from '../kubernetes/owners.ts';
import { namesOf, projectLabel } from '../names.ts';
import type { Deploy } from './deploy-target.ts';
import type { ImageJob } from './images.ts';

/** Manifests that a pipeline applies together: all of one folder. */
export type DeployedFolder = {
  readonly folder: string;
  /** Where objects go that name no namespace; null leaves an author's manifests where they are applied today. */
  readonly namespace: string | null;
  /** Images by their names in the manifests, without a tag, and what a pipeline pushes in their place. */
  readonly images: readonly { readonly name: string; readonly repository: string }[];
  /** What is waited for, such as `deployment/web`. */
  readonly rollouts: readonly string[];
  /** Kinds of the objects that run these images, by a pod template of their own. */
  readonly kinds: readonly string[];
};

/** The overlay that the kind kustomize writes for a cluster. */
const overlay = 'deploy/kustomize/overlays/production';
/** What stands in a pipeline as it is: nothing that YAML or a shell would read otherwise. */
const isPlain = (text: string): boolean => /^[\w./:-]+$/.test(text);
const waited: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The author's manifests, which say where and under which names the services run. */
export function deployedReads(project: ScanResult, { existing }: Target): readonly string[] {
  if (existing === 'replace') return [];
  const manifests = project.existing.filter(({ kind }) => kind === 'kubernetes');
  return manifests.map(({ path }) => path);
}

/** What a pipeline applies: an author's folders where theirs run the services, and ours for the others. */
export function deployedFolders(
  project: ScanResult,
  images: readonly ImageJob[],
  { flavour }: Extract<Deploy, { type: 'kubernetes' }>,
  surroundings: Surroundings,
): readonly DeployedFolder[] {
  const theirs = authorsPlaces(project, surroundings);
  const byFolder = new Map<string, DeployedFolder>();
  const add = (folder: string, namespace: string | null, one: Omit<Place, 'folder'>): void => {
    const known = byFolder.get(folder) ?? {
      folder,
      namespace,
      images: [],
      rollouts: [],
      kinds: [],
    };
    byFolder.set(folder, {
      ...known,
      images: [...known.images, ...one.images],
      rollouts: [...new Set([...known.rollouts, ...one.rollouts])],
      kinds: [...new Set([...known.kinds, ...one.kinds])].sort(),
    });
  };
  for (const service of project.services.filter(isDeployable)) {
    const { label, image } = namesOf(project, service);
    const repository = image.slice(0, image.lastIndexOf(':'));
    const isBuilt = images.some((one) => one.repository === repository);
    const place = theirs.get(service);
    if (place) {
      const named = isBuilt ? place.names.map((name) => ({ name, repository })) : [];
      add(place.folder, null, { images: named, rollouts: place.rollouts, kinds: place.kinds });
      continue;
    }
    const folder = ownFolder(project, service);
    // An overlay's own field for images is keyed by the names of its base.
    const registry = folder === overlay ? '' : flavourFacts[flavour](repository).registry;
    add(folder, projectLabel(project), {
      images: isBuilt ? [{ name: `${registry}${repository}`, repository }] : [],
      rollouts: service.kind === 'job' ? [] : [`deployment/${label}`],
      kinds: [service.kind === 'job' ? 'Job' : 'Deployment'],
    });
  }
  return [...byFolder.values()];
}

type Place = Pick<DeployedFolder, 'folder' | 'images' | 'rollouts' | 'kinds'>;
type AuthorsPlace = {
  readonly folder: string;
  readonly names: readonly string[];
  readonly rollouts: readonly string[];
  readonly kinds: readonly string[];
};

type Found = {
  readonly service: Service;
  readonly folder: string;
  readonly name: string;
  readonly rollout: string | null;
  readonly kind: string | null;
};

function ownFolder(project: ScanResult, service: Service): string {
  const has = project.existing.some(({ path }) => path === `${overlay}/kustomization.yaml`);
  return has ? overlay : folderOf(manifestPath(project, service));
}

/** Where an author runs each service: of several folders the one that runs most of them. */
function authorsPlaces(
  project: ScanResult,
  surroundings: Surroundings,
): ReadonlyMap<Service, AuthorsPlace> {
  const own = new Set(project.services.map((one) => manifestPath(project, one)));
  const found: Found[] = [];
  for (const { path, workloads } of authorsFiles(project, surroundings)) {
    if (
      own.has(path) ||
      !isPlain(path) ||
      /(?:^|\/)(?:deploy\/kustomize|kustomize-omega)\//.test(path)
    )
      continue;
    for (const workload of workloads) {
      const kind = waited.has(workload.kind) ? workload.kind : null;
      const rollout = kind === null ? null : `${kind.toLowerCase()}/${workload.name}`;
      for (const container of mainContainers(workload)) {
        const service = serviceOf(project, container);
        const name = imageParts(container.image).repository;
        if (service && isPlain(name) && isPlain(workload.name))
          found.push({ service, folder: folderOf(path), name, rollout, kind });
      }
    }
  }
  const counts = new Map<string, number>();
  for (const { folder } of found) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rank = new Map(ranked.map(([folder], at) => [folder, at]));
  const places = new Map<Service, AuthorsPlace>();
  for (const [service, all] of Map.groupBy(found, (one) => one.service)) {
    const [best] = [...all].sort((a, b) => (rank.get(a.folder) ?? 0) - (rank.get(b.folder) ?? 0));
    const folder = best?.folder ?? '.';
    const here = all.filter((one) => one.folder === folder);
    places.set(service, {
      folder,
      names: [...new Set(here.map(({ name }) => name))],
      rollouts: [...new Set(here.flatMap(({ rollout }) => rollout ?? []))],
      kinds: [...new Set(here.flatMap(({ kind }) => kind ?? []))],
    });
  }
  return places;
}

/** Containers that may be a service: those that prepare a pod are not, and a pod of several says by none of its names which is. */
function mainContainers(workload: AuthorsWorkload): readonly ContainerName[] {
  const mains = new Set(list(workload.pod.spec.containers).map((one) => String(mapping(one).name)));
  const found = containerNames(workload).filter(({ container }) => mains.has(container));
  return found.length === 1 ? found : found.map((one) => ({ ...one, workload: '' }));
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '.' : path.slice(0, end);
}
