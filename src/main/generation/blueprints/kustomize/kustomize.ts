import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { freePath } from '../free-path.ts';
import { describedTwice } from '../kubernetes/described-twice.ts';
import { baseFiles } from './base.ts';
import { improvedKustomizations } from './improve.ts';
import { developmentOverlay, productionOverlay } from './overlays.ts';

/**
 * `deploy/kustomize/`: a base of all services, an overlay for a cluster on the developer's machine
 * and one for the target's flavour. A flavour that runs on that machine has its own overlay for
 * development, and the other one is for any cluster. A project with kustomizations of its own gets
 * these improved instead.
 * @throws OmegaError `INVALID_INPUT` where nothing of the project keeps running.
 */
export function kustomizeArtifacts(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const { target } = surroundings;
  if (!project.services.some(isDeployable)) {
    throw new OmegaError(
      'INVALID_INPUT',
      'No service of the project keeps running, so a cluster has nothing to do. Leave Kustomize out of the run.',
    );
  }
  const root = freePath(project, 'deploy/kustomize', 'kustomize-omega');
  const [production, development] = [`${root}/overlays/production`, `${root}/overlays/development`];
  const { local, remote } = clustersOf(target);
  const files = [
    ...below(production, productionOverlay(project, remote, production)),
    ...below(development, developmentOverlay(project, local, development)),
    ...below(`${root}/base`, baseFiles(project)),
  ];
  const authored = improvedKustomizations(surroundings);
  // A project that has a tree of its own needs no second one.
  if (authored.some(({ path }) => !path.startsWith(`${root}/`))) return authored;
  const kept = new Map(authored.map((file) => [file.path, file]));
  const twice = describedTwice(project, target);
  return files.map(([path, content]): WrittenFile => {
    const isBase = path === `${root}/base/kustomization.yaml` && twice.length > 0;
    const notes = isBase ? { notes: twice } : {};
    return kept.get(path) ?? { kind: 'kustomize', path, content, ...notes };
  });
}

/** Which flavours the overlays are for. */
function clustersOf({ flavour }: Target) {
  if (flavour === 'minikube' || flavour === 'kind') {
    return { local: flavour, remote: 'standard' } as const;
  }
  return { local: 'kind', remote: flavour } as const;
}

function below(
  folder: string,
  files: readonly (readonly [path: string, content: string])[],
): readonly (readonly [path: string, content: string])[] {
  return files.map(([path, content]) => [`${folder}/${path}`, content]);
}
