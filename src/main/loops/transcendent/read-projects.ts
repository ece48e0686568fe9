import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import { fileError } from '#main/core/file-error.ts';
import type { GenerationPorts } from '#main/generation/ports.ts';
import { fileTraits } from './file-traits.ts';
import { type LessonSources, lessonTraits } from './lesson-traits.ts';
import { scanTraits } from './scan-traits.ts';
import type { TraitedProject } from './trait.ts';

/** What projects are read by. */
export type ReadPorts = LessonSources & {
  readonly generation: GenerationPorts;
  readonly roots: () => readonly string[];
};

/** Projects that one cycle reads. */
const mostProjects = 200;

/** The projects with what they have, and those that could not be read. */
export type ReadProjects = {
  readonly projects: readonly TraitedProject[];
  readonly failed: readonly { readonly root: string; readonly why: string }[];
  /** Projects beyond those that one cycle reads. */
  readonly left: number;
};

/** Reads the projects one after the other; one that cannot be read keeps none from the others. */
export async function readProjects(ports: ReadPorts, signal: AbortSignal): Promise<ReadProjects> {
  const { generation } = ports;
  const all = ports.roots();
  const roots = all.slice(0, mostProjects);
  const lessons = await lessonTraits(ports, roots, signal);
  const projects: TraitedProject[] = [];
  const failed: { root: string; why: string }[] = [];
  for (const root of roots) {
    throwIfCancelled(signal);
    await setImmediate();
    try {
      const scanned = await generation.scan(root, { signal });
      const traits = [
        ...scanTraits(scanned),
        ...(await fileTraits(generation, scanned, signal)),
        ...(lessons.get(root) ?? []),
      ];
      const languages = [...new Set(scanned.services.map(({ language }) => language))];
      projects.push({ root, languages, traits });
    } catch (error) {
      throwIfCancelled(signal);
      failed.push({ root, why: fileError(error, root, 'read').message });
    }
  }
  return { projects, failed, left: all.length - roots.length };
}
