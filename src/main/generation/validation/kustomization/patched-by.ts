import { posix } from 'node:path';
import { list, mapping } from '../plain.ts';
import type { TextFile } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { isKustomization } from './build/project-files.ts';

/** Which of these kustomizations takes a file as a patch, which is no whole object; null where none does. */
export function patchedBy(path: string, siblings: readonly TextFile[]): string | null {
  for (const sibling of siblings) {
    const { path: held, content } = sibling;
    if (!isKustomization(held)) continue;
    if (!content.includes('patch') || !content.includes(posix.basename(path))) continue;
    const value = mapping(parseYaml(content, 'kustomize', 'kubernetes').documents[0]?.value);
    const patches = [
      ...list(value.patchesStrategicMerge),
      ...[...list(value.patches), ...list(value.patchesJson6902)].map((one) => mapping(one).path),
    ];
    const named = patches.some(
      (one) =>
        typeof one === 'string' && posix.join(posix.dirname(held), one) === posix.normalize(path),
    );
    if (named) return held;
  }
  return null;
}
