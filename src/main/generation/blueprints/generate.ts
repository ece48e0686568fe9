import type { Artifact, ArtifactKind } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { composeArtifacts } from './compose/compose.ts';
import { dockerfileArtifacts } from './dockerfile/dockerfile.ts';
import { kubernetesArtifacts } from './kubernetes/kubernetes.ts';

export { type PlannedArtifact, planArtifacts } from './plan.ts';

/** Version of the blueprints' output: raised whenever the same facts give other files. */
export const blueprintVersion = '1.1.1';

/**
 * Writes the files of one kind from a scan's facts: pure, deterministic, offline. The first is the
 * main file. `service` is null for Compose, which spans the project, and given for other kinds.
 * @throws OmegaError `INVALID_INPUT` where the facts allow no file; the message says what to do.
 */
export function generateArtifacts(
  kind: ArtifactKind,
  project: ScanResult,
  service: Service | null,
): readonly Artifact[] {
  if (kind === 'compose') return withinLimit(composeArtifacts(project));
  if (service === null) {
    throw new OmegaError(
      'INVALID_INPUT',
      `A ${kind} artifact belongs to one service: name the service.`,
    );
  }
  const make = kind === 'dockerfile' ? dockerfileArtifacts : kubernetesArtifacts;
  return withinLimit(make(project, service));
}

/** Refuses what the contract has no room for. */
function withinLimit(artifacts: readonly Artifact[]): readonly Artifact[] {
  const large = artifacts.find(
    ({ content, path }) => content.length > 1_000_000 || path.length > 1024,
  );
  if (!large) return artifacts;
  throw new OmegaError(
    'INVALID_INPUT',
    `${large.path.slice(0, 200)} would have ${large.content.length} characters and a path of ${large.path.length}: more than one file may have (1,000,000 and 1,024). Open a folder with fewer services.`,
  );
}
