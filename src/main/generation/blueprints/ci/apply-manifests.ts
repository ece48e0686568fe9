import type { ScanResult } from '#shared/scan.ts';
import { isDeployable } from '../deployable.ts';
import { flavourFacts } from '../kubernetes/flavours.ts';
import { namesOf } from '../names.ts';
import type { Deploy } from './deploy-target.ts';
import type { ImageJob } from './images.ts';

/** The overlay that the kind kustomize writes for a cluster. */
const overlay = 'deploy/kustomize/overlays/production';

/** The folder of the manifests that are applied: the overlay for production where the project has one. */
export function manifestFolder(project: ScanResult): string {
  const has = project.existing.some(({ path }) => path === `${overlay}/kustomization.yaml`);
  return has ? overlay : 'k8s';
}

/**
 * The commands that apply the manifests with the images that were just pushed, and wait until they
 * run. They run in {@link manifestFolder}; `tag` is a word of the shell.
 */
export function applyCommands(
  project: ScanResult,
  images: readonly ImageJob[],
  { flavour }: Extract<Deploy, { type: 'kubernetes' }>,
  tag: string,
): readonly string[] {
  const registry = flavourFacts[flavour](images[0]?.repository ?? '').registry;
  const jobs = new Set(
    project.services
      .filter(({ kind }) => kind === 'job')
      .map((service) => namesOf(project, service).label),
  );
  const services = project.services.filter(isDeployable);
  return [
    'test -f kustomization.yaml || kustomize create --autodetect',
    'kustomize edit set image \\',
    ...images.map(
      ({ repository }, at) =>
        `  "${registry}${repository}=$REGISTRY/${repository}:${tag}"${at < images.length - 1 ? ' \\' : ''}`,
    ),
    'kustomize build . | kubectl apply --filename -',
    ...services
      .map((service) => namesOf(project, service).label)
      .filter((label) => !jobs.has(label))
      .map((label) => `kubectl rollout status deployment/${label} --timeout=5m`),
  ];
}
