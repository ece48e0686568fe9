import { isDeepStrictEqual } from 'node:util';
import type { Chart } from '../../validation/helm/chart.ts';
import type { KubernetesSchema } from '../../validation/kubernetes/schema.ts';
import { mapping } from '../../validation/plain.ts';
import type { Improvement } from '../improvement.ts';
import type { FactsOf } from '../kubernetes/facts.ts';
import { improveKubernetes } from '../kubernetes/improve-kubernetes.ts';
import type { YamlChange } from '../yaml/changes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { at, filledValues, isOfPod, placesOf, probes, settingsOf } from './fill-values.ts';
import { dataOf, type Rendered, renderChart } from './rendered.ts';
import { type Soundness, withFile } from './soundness.ts';

/**
 * values.yaml with what its pods can do without, in the settings that the templates render into
 * them; null where nothing is to be changed. Settings are marked, and the marks looked for in what
 * is rendered: one that goes to several pods is filled where all of them are meant to have the same.
 */
export function improvedValues(
  chart: Chart,
  schema: KubernetesSchema,
  wanted: ReadonlyMap<string, Meant>,
  sound: Soundness,
): Improvement | null {
  const file = readYamlFile(chart.values?.content ?? '');
  const settings = file === null ? [] : settingsOf(file);
  if (file === null || settings.length === 0) return null;
  const places = placesOf(renderChart(chart, schema, probes(settings)));
  const filled = settings.flatMap((one, index) => {
    const given = (places.get(index) ?? []).map(([template, [document = 0, ...path]]) => {
      const { documents = [], before = [] } = wanted.get(template) ?? {};
      const improved = documents[Number(document)];
      // What the template adds by itself is not the setting's to say.
      const isOwn = isDeepStrictEqual(mapping(at(before[Number(document)], path)), one.value);
      return isOwn && isOfPod(improved, path) ? at(improved, path) : undefined;
    });
    const [first] = given;
    const isOne = given.every((value) => isDeepStrictEqual(value, first));
    const value = mapping(first);
    return isOne && first !== undefined && !isDeepStrictEqual(value, one.value)
      ? [[one, value] as const]
      : [];
  });
  const content = filled.length === 0 ? null : filledValues(file, filled);
  if (content === null || content === file.text) return null;
  const next = withFile(chart, 'values.yaml', content);
  const after = renderChart(next, schema);
  // A setting may go elsewhere too, by a way that no mark shows.
  const isMeant = after.every(({ path, file: made }) => {
    const { before = [], documents = [] } = wanted.get(path) ?? {};
    return isBetween(dataOf(made), before, documents);
  });
  if (!isMeant || sound(next, after).size > 0) return null;
  const done = filled.map(([{ path, key }]) => ({
    line: file.text.slice(0, key).split('\n').length,
    text: `${path.join('.')}, which the templates render, says what its pods can do without.`,
  }));
  return { content, done, left: [] };
}

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
function isBetween(value: unknown, before: unknown, wanted: unknown): boolean {
  if (isDeepStrictEqual(value, before) || isDeepStrictEqual(value, wanted)) return true;
  const all = [value, before, wanted];
  if (!all.every((one) => typeof one === 'object' && one !== null)) return false;
  const keys = new Set(all.flatMap((one) => Object.keys(one as object)));
  return [...keys].every((key) => {
    const [one, two, three] = all.map((held) => (held as Record<string, unknown>)[key]);
    return isBetween(one, two, three);
  });
}
