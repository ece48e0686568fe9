import { type ArtifactKind, artifactKinds, kindsOfServices } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { catalogue } from './catalogue.ts';
import { isDeployable } from './deployable.ts';

/** One artifact to make: a kind, for a service or (null) for the whole project. */
export interface PlannedArtifact {
  readonly service: Service | null;
  readonly kind: ArtifactKind;
}

/**
 * The artifacts that a project needs: of kinds that are per service, for each deployable one that
 * they fit, and of the others once. With `serviceNames` only the named services, command-line tools and libraries
 * among them; of those, only a Dockerfile, since nothing of them keeps running. Names that do not
 * exist plan nothing.
 */
export function planArtifacts(
  project: ScanResult,
  kinds: readonly ArtifactKind[],
  serviceNames?: readonly string[],
): readonly PlannedArtifact[] {
  const asked = serviceNames === undefined ? null : new Set(serviceNames);
  const services = project.services.filter((service) =>
    asked === null ? isDeployable(service) : asked.has(service.name),
  );
  const wanted = artifactKinds.filter((kind) => kinds.includes(kind));
  const [ofService, ofProject] = [
    wanted.filter((kind) => kindsOfServices.has(kind)),
    wanted.filter((kind) => !kindsOfServices.has(kind)),
  ];
  const planned: PlannedArtifact[] = services.flatMap((service) =>
    ofService
      .filter((kind) => kind === 'dockerfile' || isDeployable(service))
      .filter((kind) => catalogue[kind].fits?.(project, service) ?? true)
      .map((kind) => ({ service, kind })),
  );
  if (services.some(isDeployable)) {
    planned.push(...ofProject.map((kind) => ({ service: null, kind })));
  }
  return planned;
}
