import type { Draft } from '../draft.ts';
import { imageOf } from './images.ts';

/** A file at the top of a project is for all of it, one further down for those who work there. */
const depth = (file: string): number => file.split('/').length;

/**
 * Gives services the names that the author's files have for their images, and the objects that run
 * them in a cluster. What two services would share tells neither: each builds an image of its own.
 */
export function nameImages(drafts: readonly Draft[]): void {
  const named = drafts.flatMap((draft) => {
    const nearest = draft.images.toSorted((a, b) => depth(a.at.file) - depth(b.at.file));
    const [first] = nearest.flatMap(({ name, at }) => {
      const image = imageOf(name);
      return image === null ? [] : [{ draft, image, at }];
    });
    return first === undefined ? [] : [first];
  });
  const counts = Map.groupBy(named, ({ image }) => image);
  for (const { draft, image, at } of named) {
    if (counts.get(image)?.length === 1) draft.isImage(image, at);
  }
  const workloads = drafts.filter(({ workload }) => workload !== null);
  const names = Map.groupBy(workloads, ({ workload }) => workload?.name ?? '');
  for (const { workload, evidence } of workloads) {
    if (workload === null || names.get(workload.name)?.length !== 1) continue;
    evidence.push({ fact: 'workload', value: workload.name, ...workload.at });
  }
}
