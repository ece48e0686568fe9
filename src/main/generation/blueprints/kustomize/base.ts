import type { ScanResult } from '#shared/scan.ts';
import type { Workload } from '../kubernetes/context.ts';
import { renderManifest } from '../kubernetes/kubernetes.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import { resourcesReason } from '../kubernetes/resources.ts';
import type { OverlayFiles } from './overlays.ts';
import { baseObjects } from './project-objects.ts';
import { renderKustomization } from './render-kustomization.ts';

/** The name of a service's file; a service may be called as Kustomize's own file is. */
export function serviceFile({ name }: Pick<Workload, 'name'>): string {
  return name === 'kustomization' ? 'kustomization-service.yaml' : `${name}.yaml`;
}

/** Objects of a service as the text of one file. */
export function renderAll({ service }: Workload, manifests: readonly Manifest[]): string {
  const sizing = resourcesReason(service);
  return manifests.map((one) => renderManifest(one, sizing)).join('---\n');
}

/** The base: one file for each service, of no flavour. */
export function baseFiles(project: ScanResult): OverlayFiles {
  const services = baseObjects(project).map(
    ({ workload, manifests }) => [serviceFile(workload), renderAll(workload, manifests)] as const,
  );
  const kustomization = renderKustomization({
    comment: ' What all environments share. Apply one of the overlays, not this folder.',
    resources: services.map(([path]) => path),
  });
  return [['kustomization.yaml', kustomization], ...services];
}
