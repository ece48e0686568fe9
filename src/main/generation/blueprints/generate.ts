import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { defaultTarget, type Target } from '#shared/target.ts';
import type { Surroundings, WrittenFile } from './blueprint.ts';
import { catalogue } from './catalogue.ts';

export { type PlannedArtifact, planArtifacts } from './plan.ts';

/** Version of the blueprints' output: raised whenever the same facts give other files. */
export const blueprintVersion = '3.0.0';

/** A project of which nothing but the scan is known. */
export const bare: Surroundings = { target: defaultTarget, texts: new Map() };

/**
 * Writes the files of one kind: pure, deterministic, offline; see {@link Blueprint}. `service` is
 * null for kinds that span the project.
 * @throws OmegaError `INVALID_INPUT` where the facts allow no file; the message says what to do.
 */
export function generateArtifacts(
  kind: ArtifactKind,
  project: ScanResult,
  service: Service | null,
  surroundings: Surroundings = bare,
): readonly WrittenFile[] {
  return withinLimit(catalogue[kind].write(project, service, surroundings));
}

/** Paths of the project's files that {@link generateArtifacts} is to be given the texts of. */
export function readPaths(
  kind: ArtifactKind,
  project: ScanResult,
  service: Service | null,
  target: Target,
): readonly string[] {
  return catalogue[kind].reads?.(project, service, target) ?? [];
}

/** Paths that texts name and that {@link generateArtifacts} is to be given too. */
export function followedPaths(kind: ArtifactKind, texts: Surroundings['texts']): readonly string[] {
  return catalogue[kind].follows?.(texts) ?? [];
}

/** Whether {@link generateArtifacts} is to be given the findings of what it reads. */
export function judgesTexts(kind: ArtifactKind): boolean {
  return catalogue[kind].judges === true;
}

/**
 * The files of {@link generateArtifacts} with what is done to them elsewhere than in the caller's
 * thread. Rejects with `CANCELLED`.
 */
export async function settleArtifacts(
  kind: ArtifactKind,
  project: ScanResult,
  made: readonly WrittenFile[],
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<readonly WrittenFile[]> {
  const settled = await catalogue[kind].settle?.(project, made, surroundings, signal);
  return settled === undefined ? made : withinLimit(settled);
}

/** Kinds that look at what the files of a kind change, so that they must agree with them. */
export function shapedKinds(kind: ArtifactKind): readonly ArtifactKind[] {
  const { shapes } = catalogue[kind];
  return shapes ? artifactKinds.filter(shapes) : [];
}

/** Refuses what the contract has no room for. */
function withinLimit(artifacts: readonly WrittenFile[]): readonly WrittenFile[] {
  const large = artifacts.find(
    ({ content, path }) => content.length > 1_000_000 || path.length > 1024,
  );
  if (!large) return artifacts;
  throw new OmegaError(
    'INVALID_INPUT',
    `${large.path.slice(0, 200)} would have ${large.content.length} characters and a path of ${large.path.length}: more than one file may have (1,000,000 and 1,024). Open a folder with fewer services.`,
  );
}
