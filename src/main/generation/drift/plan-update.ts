import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { ExistingMode, Target } from '#shared/target.ts';
import { newFiles } from '../engine/blueprint-files.ts';
import { planProject } from '../engine/plan-project.ts';
import type { SurroundingsContext } from '../engine/surroundings.ts';
import { type Drift, driftKey } from './drift.ts';
import { findDriftAnywhere } from './find-anywhere.ts';
import type { KnownFile } from './said-index.ts';

/** What a generation would write now for what has drifted. Nothing is written, or kept. */
export type PlannedUpdate = {
  readonly kinds: readonly ArtifactKind[];
  readonly services: readonly string[];
  /** `replace` where small changes to an author's files do not bring what is lacking. */
  readonly existing: ExistingMode;
  readonly files: readonly PlannedFile[];
  /** Of the drift, what would be there once those files are written. */
  readonly settles: readonly Drift[];
};

/** A file that would be written. */
export type PlannedFile = {
  readonly path: string;
  readonly kind: string;
  readonly isNew: boolean;
};

/**
 * Has the blueprints write what lacks, sets it in the place of what is on disk, and looks again. The
 * author's files get small changes first; they are written anew only where that settles more.
 * Rejects with `CANCELLED`.
 */
export async function planUpdate(
  context: SurroundingsContext,
  project: ScanResult,
  { files, drifts, target }: PlanSources,
  signal: AbortSignal,
): Promise<PlannedUpdate> {
  const kinds = [...new Set(drifts.map(({ kind }) => kind))].sort();
  const services = [...new Set(drifts.map(({ service }) => service))].sort();
  const tried = async (existing: ExistingMode): Promise<PlannedUpdate> => {
    const asked = { kinds, services, target: { ...target, existing } };
    const made = new Map<string, KnownFile>();
    for (const work of await planProject(context, project, asked, signal)) {
      for (const { path, content } of await newFiles(context, work, signal)) {
        made.set(path, { path, content, kind: work.artifact.kind, isOurs: true });
      }
    }
    const known = new Map(files.map((file) => [file.path, file]));
    const scanned = await context.ports.scan(project.root, {
      signal,
      changes: new Map([...made].map(([path, { content }]) => [path, content])),
    });
    const after = scanned.existing.flatMap(({ kind, path }) => {
      const content = made.get(path)?.content ?? known.get(path)?.content;
      return content === undefined ? [] : [{ kind, path, content, isOurs: made.has(path) }];
    });
    const left = await findDriftAnywhere(scanned.services, after, signal);
    const open = new Set(left.map(openKey));
    return {
      ...{ kinds, services, existing },
      files: [...made.values()].map(({ path, kind }) => ({ path, kind, isNew: !known.has(path) })),
      settles: drifts.filter((drift) => !open.has(openKey(drift))),
    };
  };
  const small = await tried(target.existing);
  if (target.existing === 'replace' || small.settles.length === drifts.length) return small;
  const anew = await tried('replace');
  return anew.settles.length > small.settles.length ? anew : small;
}

/** What a plan is made from: the texts that are there, what drifted, and where the files are to work. */
export type PlanSources = {
  readonly files: readonly KnownFile[];
  readonly drifts: readonly Drift[];
  readonly target: Target;
};

/** A kind's new file may lie elsewhere: what counts is whether a file of the kind still lacks it. */
function openKey(drift: Drift): string {
  return driftKey({ ...drift, lackedBy: null });
}
