import type { ScanResult } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';
import { entranceOf } from '../kubernetes/entrance.ts';
import { servicePool } from '../kubernetes/flavours.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import { namesOf, projectLabel } from '../names.ts';
import { renderAll, serviceFile } from './base.ts';
import { identityOf, type OverlayPatch, overlayBetween } from './overlay-patches.ts';
import { baseObjects, projectObjects, type ServiceObjects } from './project-objects.ts';
import { type PatchEntry, patchText, renderKustomization } from './render-kustomization.ts';

/** The files of one overlay, by their path within its folder; the kustomization is the first. */
export type OverlayFiles = readonly (readonly [path: string, content: string])[];

/** Kinds that hold a single pod on one machine back rather than help it. */
const pointlessLocally = ['HorizontalPodAutoscaler', 'PodDisruptionBudget'];

/** What the overlay of a flavour needs to know of the base, apart from the objects. */
const managed = { 'app.kubernetes.io/managed-by': 'kustomize' };

/** The overlay for a cluster on the developer's machine: one pod each, a host that resolves there. */
export function developmentOverlay(
  project: ScanResult,
  flavour: 'minikube' | 'kind',
  folder: string,
): OverlayFiles {
  const all = projectObjects(project, flavour);
  const namespace = `${projectLabel(project)}-dev`;
  const { patches, added } = overlay(project, all);
  const kinds = new Set(
    all.flatMap(({ manifests }) => manifests.map(({ object }) => String(object.kind))),
  );
  const dropped = pointlessLocally
    .filter((kind) => kinds.has(kind))
    .map(
      (kind): PatchEntry => ({
        target: { kind },
        comment: kind === pointlessLocally[0] ? 'One pod each, and nothing that keeps it.' : null,
        patch: `$patch: delete\napiVersion: ${apiVersionOf(all, kind)}\nkind: ${kind}\nmetadata:\n  name: any\n`,
      }),
    );
  const images = all.map(({ workload }) => workload.cluster.imageComment);
  const kustomization = renderKustomization({
    comment: head(`For ${flavour} on your machine.`, folder, namespace, images),
    namespace,
    resources: ['../../base', ...added.map(([path]) => path)],
    labels: managed,
    patches: [...dropped, ...patches],
  });
  return [['kustomization.yaml', kustomization], ...added];
}

/** The overlay for a flavour of cluster: its registry, entrance, identities, storage and nodes. */
export function productionOverlay(
  project: ScanResult,
  flavour: Flavour,
  folder: string,
): OverlayFiles {
  const all = projectObjects(project, flavour);
  const namespace = projectLabel(project);
  const { patches, added } = overlay(project, all);
  const images = all.map(({ workload }) => {
    const { image } = namesOf(project, workload.service);
    const [name = image, newTag = ''] = image.split(':');
    return { name, newName: `${workload.cluster.registry}${name}`, newTag };
  });
  const where = flavour === 'standard' ? 'any cluster' : flavour.toUpperCase();
  const kustomization = renderKustomization({
    comment: head(`For ${where}.`, folder, namespace, []),
    namespace,
    resources: ['../../base', ...added.map(([path]) => path)],
    labels: managed,
    images,
    imagesComment: `${all[0]?.workload.cluster.imageComment ?? ''}\nA pipeline sets the tag: kustomize edit set image NAME=*:TAG`,
    patches,
  });
  return [['kustomization.yaml', kustomization], ...added];
}

function overlay(
  project: ScanResult,
  wanted: readonly ServiceObjects[],
): { readonly patches: readonly PatchEntry[]; readonly added: OverlayFiles } {
  const base = baseObjects(project).flatMap(({ manifests }) => manifests);
  const made = overlayBetween(
    base,
    wanted.flatMap(({ manifests }) => manifests),
  );
  const isAdded = new Set(made.added.map(identityOf));
  const own = wanted.flatMap(({ workload, manifests }): OverlayFiles => {
    const added = manifests.filter((manifest) => isAdded.has(identityOf(manifest)));
    if (added.length === 0) return [];
    return [[serviceFile(workload), renderAll(workload, added)]];
  });
  return { patches: entries(made.patches, wanted), added: own };
}

/** Each reason is said once, at the first patch that has it. */
function entries(
  patches: readonly OverlayPatch[],
  wanted: readonly ServiceObjects[],
): readonly PatchEntry[] {
  const said = new Set<string>();
  return patches.map((patch) => {
    const reasons = reasonsOf(patch, wanted).filter((reason) => !said.has(reason));
    for (const reason of reasons) said.add(reason);
    const { kind, name } = patch;
    return {
      target: { kind, ...(name === null ? {} : { name }) },
      patch: patchText(patch),
      comment: reasons.length === 0 ? null : reasons.join('\n'),
    };
  });
}

function reasonsOf(
  { kind, operations }: OverlayPatch,
  wanted: readonly ServiceObjects[],
): readonly string[] {
  const changes = (text: string): boolean => operations.some(({ path }) => path.includes(text));
  const reasons = [
    ...(changes('/serviceAccountName')
      ? ['Pods are somebody to the cloud: see the ServiceAccount.']
      : []),
    ...(changes('/affinity') ? [`Prefers the nodes of the pool "${servicePool}".`] : []),
    ...(changes('/topologySpreadConstraints') ? ['Pods are spread over zones first.'] : []),
    ...(changes('/imagePullSecrets') ? ['The cluster keeps this secret for its registry.'] : []),
    ...(changes('/storageClassName') ? [wanted[0]?.workload.cluster.storageComment ?? ''] : []),
  ];
  const first = wanted.find(({ workload }) => workload.isPublic)?.workload;
  const all = kind === 'Ingress' && first ? [...reasons, entranceOf(first).comment] : reasons;
  return all.filter((reason) => reason !== '');
}

function apiVersionOf(all: readonly ServiceObjects[], kind: string): string {
  const isOne = ({ object }: Manifest): boolean => object.kind === kind;
  const found = all.flatMap(({ manifests }) => manifests).find(isOne);
  return String(found?.object.apiVersion);
}

function head(purpose: string, folder: string, namespace: string, more: readonly string[]): string {
  const lines = [
    purpose,
    ...more,
    `kubectl create namespace ${namespace}, then the Secrets that the base names (with -n ${namespace}), then:`,
    `kubectl apply -k ${folder}`,
  ];
  return lines.map((line) => ` ${line}`).join('\n');
}
