import type { ScanResult, Service } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';
import { isDeployable } from '../deployable.ts';
import { type Workload, workloadOf } from '../kubernetes/context.ts';
import { manifestsOf } from '../kubernetes/kubernetes.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import { namesOf } from '../names.ts';
import { identityOf } from './overlay-patches.ts';

/** A service and its objects. */
export type ServiceObjects = {
  readonly workload: Workload;
  readonly manifests: readonly Manifest[];
};

/**
 * The objects of all deployable services for a flavour. What two services share, such as the claim
 * of a folder, belongs to the first: Kustomize refuses an object that is there twice.
 */
export function projectObjects(project: ScanResult, flavour: Flavour): readonly ServiceObjects[] {
  const workloads = project.services
    .filter(isDeployable)
    .map((service) => workloadOf(project, service, flavour));
  return once(workloads);
}

/** The same for the base: of no flavour, with images as they are built, before any registry. */
export function baseObjects(project: ScanResult): readonly ServiceObjects[] {
  return once(project.services.filter(isDeployable).map((service) => neutral(project, service)));
}

function neutral(project: ScanResult, service: Service): Workload {
  const workload = workloadOf(project, service);
  const imageComment = 'The overlays say where the image is pulled from, and which tag.';
  const cluster = { ...workload.cluster, registry: '', imageComment };
  return { ...workload, image: namesOf(project, service).image, cluster };
}

function once(workloads: readonly Workload[]): readonly ServiceObjects[] {
  const seen = new Set<string>();
  return workloads.map((workload) => {
    const manifests = manifestsOf(workload).filter((manifest) => !seen.has(identityOf(manifest)));
    for (const manifest of manifests) seen.add(identityOf(manifest));
    return { workload, manifests };
  });
}
