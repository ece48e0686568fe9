import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { WrittenFile } from '../blueprints/blueprint.ts';
import type { Sight } from '../engine/sight.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { usualPlaces } from './usual-places.ts';

/** One artifact that a prompt asks for. */
export type PromptJob = {
  readonly artifact: PlannedArtifact;
  /** The blueprint's files; none where it has none for such a service. */
  readonly drafts: readonly WrittenFile[];
  /** The files that are asked for, the main one first. */
  readonly paths: readonly string[];
  /** Files that may come with them. */
  readonly mayAlso: readonly string[];
};

/**
 * What is asked of a model for a planned artifact: the files that the blueprint would write, in the
 * same places, or the usual places where it has none for the language. No other path is ever taken.
 * Rejects with the blueprint's `INVALID_INPUT` where its kind has no place of its own: patches of
 * files that could not be patched safely.
 */
export async function promptJob(
  ports: GenerationPorts,
  project: ScanResult,
  artifact: PlannedArtifact,
  sight: Sight,
  signal: AbortSignal,
): Promise<PromptJob> {
  const { kind, service } = artifact;
  let drafts: readonly WrittenFile[];
  let paths: readonly string[];
  try {
    drafts = await ports.generate(kind, sight.project, sight.service, sight.around, signal);
    paths = drafts.map(({ path }) => path);
  } catch (error) {
    if (!(error instanceof OmegaError) || error.code !== 'INVALID_INPUT') throw error;
    drafts = [];
    paths = usualPlaces(project, artifact, sight.around.target);
    if (paths.length === 0) throw error;
  }
  if (paths.length === 0) {
    const named = JSON.stringify(service?.name ?? kind);
    throw new OmegaError(
      'INVALID_INPUT',
      `What there is for ${named} stands in files that come with another service: there is no file to ask a model for. Ask for that service.`,
    );
  }
  return { artifact, drafts, paths, mayAlso: mayAlso(project, artifact, paths) };
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
