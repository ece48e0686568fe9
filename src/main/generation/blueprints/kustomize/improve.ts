import { posix } from 'node:path';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { improveKustomization } from '../../improve/kustomize/improve-kustomization.ts';
import { readYamlFile } from '../../improve/yaml/yaml-file.ts';
import { kustomizationNames } from '../../validation/kustomization/build/project-files.ts';
import { list, mapping } from '../../validation/plain.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { leftNotes, textsOf } from '../left-notes.ts';

/** The project's own kustomizations, which are improved rather than replaced. */
export function kustomizationsOf(
  { existing }: ScanResult,
  { existing: mode }: Target,
): readonly string[] {
  if (mode === 'replace') return [];
  return existing.filter(({ kind }) => kind === 'kustomize').map(({ path }) => path);
}

/** Patches whose text tells whether they may be applied a step earlier. */
export function kustomizeFollows(texts: Surroundings['texts']): readonly string[] {
  return [...texts].flatMap(([path, { content }]) => {
    if (!isKustomization(path) || !content.includes('patchesJson6902')) return [];
    const value = mapping(readYamlFile(content)?.documents[0]?.value);
    return list(value.patchesJson6902).flatMap((one) => {
      const { path: name } = mapping(one);
      return typeof name === 'string' ? (within(path, name) ?? []) : [];
    });
  });
}

/** The author's kustomizations, with deprecated fields as those of today. */
export function improvedKustomizations({ target, texts }: Surroundings): readonly WrittenFile[] {
  if (target.existing === 'replace') return [];
  const theirs = [...texts].filter(([path, { isOurs }]) => isKustomization(path) && !isOurs);
  return theirs.map(([path, { content: before }]): WrittenFile => {
    const textOf = (name: string) => texts.get(within(path, name) ?? '')?.content ?? null;
    const { content, done, left } = improveKustomization(before, textOf);
    return { kind: 'kustomize', path, content, notes: leftNotes(left), mended: textsOf(done) };
  });
}

function isKustomization(path: string): boolean {
  return kustomizationNames.some((name) => posix.basename(path) === name);
}

function within(kustomization: string, name: string): string | null {
  const path = posix.join(posix.dirname(kustomization), name);
  return path.startsWith('..') || /[\0:]/.test(path) ? null : path;
}
