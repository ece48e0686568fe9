import { isDeepStrictEqual } from 'node:util';
import type { Chart } from '../../validation/helm/chart.ts';
import { mapping } from '../../validation/plain.ts';
import type { Improvement } from '../improvement.ts';
import { changeYaml, type YamlChange } from '../yaml/changes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { additions, at, isOfPod, placesOf, probes, settingsOf } from './fill-values.ts';
import { isBetween, type Meant } from './meant.ts';
import { dataOf, type Rendering, renderChart } from './rendered.ts';
import { type Soundness, withFile } from './soundness.ts';
import { hardeningSwitches } from './switches.ts';

/**
 * values.yaml with what its pods can do without, in the settings that the templates render into
 * them; null where nothing is to be changed. Settings are marked, and the marks looked for in what
 * is rendered: one that goes to several pods is filled where all of them are meant to have the same.
 */
export function improvedValues(
  chart: Chart,
  rendering: Rendering,
  wanted: ReadonlyMap<string, Meant>,
  sound: Soundness,
): Improvement | null {
  const file = readYamlFile(chart.values?.content ?? '');
  if (file === null) return null;
  const settings = settingsOf(file);
  const switches = hardeningSwitches(chart, rendering, file, wanted);
  if (settings.length + switches.length === 0) return null;
  const places = placesOf(renderChart(chart, rendering, probes(settings)));
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
  const changes = [
    ...filled.flatMap(([{ path, value }, given]) => additions(path, value, given)),
    ...switches.map(({ path }): YamlChange => ({ type: 'set', document: 0, path, value: true })),
  ];
  const { text: content, made: written } = changeYaml(file, changes);
  if (written.length === 0 || written.length < changes.length) return null;
  const next = withFile(chart, 'values.yaml', content);
  const after = renderChart(next, rendering);
  // A setting may go elsewhere too, by a way that no mark shows.
  const isMeant = after.every(({ path, file: made }) => {
    const { before = [], documents = [] } = wanted.get(path) ?? {};
    return isBetween(dataOf(made), before, documents);
  });
  if (!isMeant || sound(next, after).size > 0) return null;
  const lineOf = (key: number): number => file.text.slice(0, key).split('\n').length;
  const done = [
    ...filled.map(([{ path, key }]) => ({
      line: lineOf(key),
      text: toldOf(path),
    })),
    ...switches.map(({ path, key }) => ({
      line: lineOf(key),
      text: `${path.join('.')} is on: its pods can do with what it renders.`,
    })),
  ];
  return { content, done, left: [] };
}

function toldOf(path: readonly string[]): string {
  const name = path.join('.');
  return path.at(-1) === 'resources'
    ? `${name}, which the templates render, claims what its pods take.`
    : `${name}, which the templates render, says what its pods can do without.`;
}
