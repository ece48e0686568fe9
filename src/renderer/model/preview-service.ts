import { type ArtifactKind, kindsOfServices } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';

/** Whether a kind is made once for the whole project, not for each service. */
export function isOfProject(kind: ArtifactKind): boolean {
  return !kindsOfServices.has(kind);
}

/**
 * The service that a prompt is shown for: the chosen one, else the first that runs by itself, else
 * the first; null for what is made for the whole project, and where there is none.
 */
export function previewService(
  kind: ArtifactKind,
  chosen: string | null,
  services: readonly Pick<Service, 'name' | 'kind'>[],
): string | null {
  if (isOfProject(kind)) return null;
  const runs = services.find((service) => service.kind !== 'cli' && service.kind !== 'library');
  return chosen ?? runs?.name ?? services[0]?.name ?? null;
}
