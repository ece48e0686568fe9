import type { ArtifactKind } from '#shared/artifact.ts';

/** How an artifact kind is called on screen. */
export const artifactNames: Readonly<Record<ArtifactKind, string>> = {
  dockerfile: 'Dockerfile',
  compose: 'Compose',
  kubernetes: 'Kubernetes',
};
