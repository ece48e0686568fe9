import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';

/** One artifact to make: a kind, for a service or (null) for the whole project. */
export interface PlannedArtifact {
  readonly service: Service | null;
  readonly kind: ArtifactKind;
}

/** Whether a service is something that runs by itself. */
export function isDeployable(service: Service): boolean {
  return service.kind !== 'cli' && service.kind !== 'library';
}

/**
 * The artifacts that a project needs: per deployable service, and Compose once for all of them.
 * With `serviceNames` only the named services, command-line tools and libraries among them; of
 * those, only a Dockerfile, since nothing of them keeps running. Names that do not exist plan nothing.
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
  const wanted = new Set(kinds);
  const planned: PlannedArtifact[] = [];
  for (const service of services) {
    if (wanted.has('dockerfile')) planned.push({ service, kind: 'dockerfile' });
    if (wanted.has('kubernetes') && isDeployable(service))
      planned.push({ service, kind: 'kubernetes' });
  }
  if (wanted.has('compose') && services.some(isDeployable))
    planned.push({ service: null, kind: 'compose' });
  return planned;
}
