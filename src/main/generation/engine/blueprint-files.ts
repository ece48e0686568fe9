import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { PlannedWork } from './plan-project.ts';
import { textOf } from './project-texts.ts';
import { type SurroundingsContext, surroundingsOf } from './surroundings.ts';

/** A file that a blueprint would write. */
export type BlueprintFile = { readonly path: string; readonly content: string };

/**
 * The files that a blueprint would write for a planned artifact; none where it refuses or fails,
 * which the artifact's own job tells. Lets others on the thread in between. Rejects with `CANCELLED`.
 */
export async function blueprintFiles(
  context: SurroundingsContext,
  { artifact, view, target }: Pick<PlannedWork, 'artifact' | 'view' | 'target'>,
  signal: AbortSignal,
): Promise<readonly BlueprintFile[]> {
  await setImmediate();
  const own = { ...artifact, service: serviceIn(view, artifact.service) };
  const around = await surroundingsOf(context, view, own, target, signal);
  try {
    const made = await context.ports.generate(own.kind, view, own.service, around, signal);
    return made.map(({ path, content }) => ({ path, content }));
  } catch {
    throwIfCancelled(signal);
    return [];
  }
}

/** Of {@link blueprintFiles} those that are not on disk as they are. */
export async function newFiles(
  context: SurroundingsContext,
  work: PlannedWork,
  signal: AbortSignal,
): Promise<readonly BlueprintFile[]> {
  const files: BlueprintFile[] = [];
  for (const file of await blueprintFiles(context, work, signal)) {
    if ((await textOf(work.view.root, file.path)) !== file.content) files.push(file);
  }
  return files;
}

/** A service as another scan of its project has it. */
export function serviceIn(view: ScanResult, service: Service | null): Service | null {
  if (service === null) return null;
  const same = ({ name, path }: Service): boolean => name === service.name && path === service.path;
  return view.services.find(same) ?? service;
}
