import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Artifact } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { type Authors, type Workload, workloadOf } from './context.ts';
import { manifestPath } from './manifest-path.ts';
import {
  claims,
  configMap,
  ingress,
  type Manifest,
  networkService,
  runner,
  serviceAccount,
} from './objects.ts';
import { autoscaler, disruptionBudget, networkPolicy } from './policies.ts';
import { resourcesReason } from './resources.ts';

/**
 * `k8s/<service>.yaml`: everything that one service needs in a cluster of the target's flavour, one file.
 * @throws OmegaError `INVALID_INPUT` for tools and libraries, which nothing keeps running, and for
 * a language without a blueprint.
 */
export function kubernetesArtifacts(
  project: ScanResult,
  service: Service,
  { target }: Pick<Surroundings, 'target'>,
  authors?: Authors,
): readonly Artifact[] {
  if (!isDeployable(service)) {
    throw new OmegaError(
      'INVALID_INPUT',
      `The service ${JSON.stringify(service.name)} is a ${service.kind}: a cluster has nothing to keep running. Leave it out of the run.`,
    );
  }
  const workload = workloadOf(project, service, target.flavour, authors);
  const documents = manifestsOf(workload).map((one) =>
    renderManifest(one, resourcesReason(service)),
  );
  const path = manifestPath(project, service);
  return [{ kind: 'kubernetes', path, content: documents.join('---\n') }];
}

/** The objects of a service, in the order in which they are applied. */
export function manifestsOf(workload: Workload): readonly Manifest[] {
  const isJob = workload.service.kind === 'job';
  const kept = claims(workload);
  const scales = !isJob && kept.length === 0;
  const all = [
    serviceAccount(workload),
    configMap(workload),
    ...kept,
    runner(workload),
    networkService(workload),
    ...(scales ? [autoscaler(workload), disruptionBudget(workload)] : []),
    networkPolicy(workload),
    ...ingress(workload),
  ];
  return all.filter((manifest) => manifest !== null);
}

/** A manifest as a YAML document, its comment above it; `sizing` says where its sizes come from. */
export function renderManifest({ comment, object }: Manifest, sizing: string): string {
  const document = new Document(object, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  if (comment !== null && document.contents) document.contents.commentBefore = comment;
  explainSizes(document, sizing);
  return document.toString({ lineWidth: 0 });
}

/** Says beside requests and limits where they come from. */
function explainSizes(document: Document, sizing: string): void {
  const containers = document.getIn(['spec', 'template', 'spec', 'containers']);
  if (!isSeq(containers)) return;
  for (const container of containers.items) {
    const pair = isMap(container)
      ? container.items.find(({ key }) => isScalar(key) && key.value === 'resources')
      : undefined;
    if (isScalar(pair?.key)) pair.key.commentBefore = ` ${sizing}`;
  }
}
