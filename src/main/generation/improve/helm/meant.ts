import { isDeepStrictEqual } from 'node:util';
import type { FactsOf } from '../kubernetes/facts.ts';
import { improveKubernetes } from '../kubernetes/improve-kubernetes.ts';
import type { YamlChange } from '../yaml/changes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { dataOf, type Rendered } from './rendered.ts';

/** What a template renders to, and what it is meant to: hardened as far as values can. */
export type Meant = {
  readonly before: readonly unknown[];
  readonly documents: readonly unknown[];
  readonly isChanged: boolean;
};

/** See {@link Meant}. */
export function meant({ file }: Rendered, factsOf: FactsOf): Meant {
  const { content } = improveKubernetes(file.text, factsOf, isNoVolume);
  const isChanged = content !== file.text;
  const before = dataOf(file);
  return { before, documents: isChanged ? dataOf(readYamlFile(content)) : before, isChanged };
}

/** A read-only root needs folders of the pod's own, which no empty setting is for. */
export function isNoVolume(change: YamlChange): boolean {
  const { path } = change;
  return !path.some((step) =>
    /^(?:readOnlyRootFilesystem|volumes|volumeMounts)$/.test(String(step)),
  );
}

/** Whether data holds nothing but what one or the other has at each place. */
export function isBetween(value: unknown, before: unknown, wanted: unknown): boolean {
  if (isDeepStrictEqual(value, before) || isDeepStrictEqual(value, wanted)) return true;
  const all = [value, before, wanted];
  if (!all.every((one) => typeof one === 'object' && one !== null)) return false;
  const keys = new Set(all.flatMap((one) => Object.keys(one as object)));
  return [...keys].every((key) => {
    const [one, two, three] = all.map((held) => (held as Record<string, unknown>)[key]);
    return isBetween(one, two, three);
  });
}
