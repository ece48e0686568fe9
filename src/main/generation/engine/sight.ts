import type { ScanResult, Service } from '#shared/scan.ts';
import type { Surroundings } from '../blueprints/blueprint.ts';
import { blueprintFiles, serviceIn } from './blueprint-files.ts';
import type { PlannedWork } from './plan-project.ts';
import { type SurroundingsContext, surroundingsOf } from './surroundings.ts';

/** All that a blueprint is called with beside its kind. */
export type Sight = {
  readonly project: ScanResult;
  readonly service: Service | null;
  readonly around: Surroundings;
};

/**
 * What the blueprint of a planned artifact sees. One that tells of all files sees them as they will
 * be with what the run's other blueprints write, so that it tells the same once they are written.
 * Rejects with `CANCELLED`.
 */
export async function sightOf(
  context: SurroundingsContext,
  { artifact, view, target, beside }: Omit<PlannedWork, 'project' | 'supposed'>,
  signal: AbortSignal,
): Promise<Sight> {
  const changes = new Map<string, string>();
  for (const work of beside) {
    for (const { path, content } of await blueprintFiles(context, work, signal))
      changes.set(path, content);
  }
  const project = changes.size === 0 ? view : await withFiles(context, view, changes, signal);
  const service = serviceIn(project, artifact.service);
  const own = { kind: artifact.kind, service };
  return {
    project,
    service,
    around: await surroundingsOf(context, project, own, target, signal, changes),
  };
}

/** The facts of services are of their sources, which the view has already. */
async function withFiles(
  { ports }: SurroundingsContext,
  view: ScanResult,
  changes: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ScanResult> {
  const { existing } = await ports.scan(view.root, { signal, changes });
  return { ...view, existing };
}
