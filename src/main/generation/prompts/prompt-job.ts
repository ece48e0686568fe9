import type { Artifact } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import { composePath } from '../blueprints/compose/compose.ts';
import { freePath } from '../blueprints/free-path.ts';
import { dockerfilePath, namesOf } from '../blueprints/names.ts';
import type { Sight } from '../engine/sight.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';

/** One artifact that a prompt asks for. */
export type PromptJob = {
  readonly artifact: PlannedArtifact;
  /** The blueprint's files; none where it has none for such a service. */
  readonly drafts: readonly Artifact[];
  /** The files that are asked for, the main one first. */
  readonly paths: readonly string[];
  /** Files that may come with them. */
  readonly mayAlso: readonly string[];
};

/**
 * What is asked of a model for a planned artifact: the files that the blueprint would write, in the
 * same places, or the usual places where it has none for the language. No other path is ever taken.
 */
export function promptJob(
  ports: GenerationPorts,
  project: ScanResult,
  artifact: PlannedArtifact,
  sight: Sight,
): PromptJob {
  const drafts = draftsOf(ports, artifact, sight);
  const paths = drafts.length > 0 ? drafts.map(({ path }) => path) : usualPaths(project, artifact);
  return { artifact, drafts, paths, mayAlso: mayAlso(project, artifact, paths) };
}

function draftsOf(
  ports: GenerationPorts,
  { kind }: PlannedArtifact,
  { project, service, around }: Sight,
): readonly Artifact[] {
  try {
    return ports.generate(kind, project, service, around);
  } catch (error) {
    if (error instanceof OmegaError && error.code === 'INVALID_INPUT') return [];
    throw error;
  }
}

function usualPaths(
  project: ScanResult,
  { kind, service }: PlannedArtifact,
): readonly [string, ...string[]] {
  if (kind === 'kubernetes' && service)
    return [freePath(project, `k8s/${namesOf(project, service).label}.yaml`)];
  if (kind !== 'dockerfile' || !service) return [freePath(project, composePath(project))];
  const path = dockerfilePath(project, service);
  return [path, `${path}.dockerignore`];
}

/** An example of variables is not replaced: its values were never sent. */
function mayAlso(
  { existing }: ScanResult,
  { kind }: PlannedArtifact,
  paths: readonly string[],
): readonly string[] {
  const example = '.env.example';
  const isThere = existing.some(({ kind: one, path }) => one === 'env-example' || path === example);
  return kind === 'compose' && !isThere && !paths.includes(example) ? [example] : [];
}
