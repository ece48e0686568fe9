import { posix } from 'node:path';
import { list, type Mapping, mapping } from '../../plain.ts';
import { applyPatch } from './apply-patch.ts';
import type { Layer } from './build-kustomization.ts';
import { type Built, idOf } from './built.ts';
import { isBelow } from './project-files.ts';
import { applyReplacement, lackOf } from './replacements.ts';
import { containersIn, setImages } from './set-images.ts';
import {
  addAffix,
  setAnnotations,
  setCommonLabels,
  setLabels,
  setNamespace,
  setReplicas,
} from './transform.ts';

type At = readonly (string | number)[];

/** What a kustomization changes in its objects, in Kustomize's order. */
export function runTransformers(layer: Layer, given: readonly Built[]): readonly Built[] {
  const { value, say } = layer;
  let all = given;
  const patch = (text: string | null, target: Mapping | null, options: Mapping, at: At): void => {
    if (text === null) return;
    const result = applyPatch(all, text, target, options);
    all = result.all;
    for (const fault of result.faults) {
      if (fault.rule === 'patch-target' && !layer.state.complete) continue;
      const severity = fault.rule === 'patch-target' && target !== null ? 'warning' : 'error';
      say(
        fault.rule,
        severity,
        at,
        `This patch does not apply: ${fault.text}. Mend it, or take it out.`,
      );
    }
  };
  for (const [index, entry] of list(value.patchesStrategicMerge).entries()) {
    const at = ['patchesStrategicMerge', index];
    const isText = typeof entry === 'string' && entry.includes('\n');
    patch(isText ? entry : fileText(layer, entry, at), null, {}, at);
  }
  for (const [index, one] of list(value.patches).entries()) {
    const entry = mapping(one);
    const at = ['patches', index];
    const text =
      typeof entry.patch === 'string' ? entry.patch : fileText(layer, entry.path, [...at, 'path']);
    patch(
      text,
      entry.target === undefined ? null : mapping(entry.target),
      mapping(entry.options),
      at,
    );
  }
  if (typeof value.namespace === 'string' && value.namespace !== '')
    setNamespace(all, value.namespace);
  for (const [field, where] of [
    ['namePrefix', 'prefix'],
    ['nameSuffix', 'suffix'],
  ] as const) {
    const affix = value[field];
    if (typeof affix === 'string') addAffix(all, affix, where);
  }
  for (const entry of list(value.labels)) setLabels(all, mapping(entry));
  setCommonLabels(all, mapping(value.commonLabels));
  setAnnotations(all, mapping(value.commonAnnotations));
  for (const [index, one] of list(value.patchesJson6902).entries()) {
    const entry = mapping(one);
    const at = ['patchesJson6902', index];
    const text =
      typeof entry.patch === 'string' ? entry.patch : fileText(layer, entry.path, [...at, 'path']);
    patch(text, mapping(entry.target), mapping(entry.options), at);
  }
  for (const [index, one] of list(value.replicas).entries()) {
    const { name, count } = mapping(one);
    if (!setReplicas(all, name, count) && layer.state.complete && !mayConfigure(layer, all, name)) {
      say(
        'replicas',
        'error',
        ['replicas', index],
        `No Deployment or StatefulSet is called "${String(name)}". Mend the name.`,
      );
    }
  }
  const images = ['imageTags', 'images'].filter((field) => list(value[field]).length > 0);
  const containers = images.length > 0 ? containersIn(all) : [];
  for (const field of images) {
    for (const [index, one] of list(value[field]).entries()) {
      const entry = mapping(one);
      if (setImages(containers, entry) > 0 || !layer.state.complete || value.kind === 'Component')
        continue;
      say(
        'unused-image',
        'warning',
        [field, index],
        `No container has the image "${String(entry.name)}", so this changes nothing. Mend the name.`,
      );
    }
  }
  for (const [index, one] of list(value.replacements).entries())
    replace(layer, all, mapping(one), ['replacements', index]);
  return all;
}

function replace(layer: Layer, all: readonly Built[], entry: Mapping, at: At): void {
  const { path } = entry;
  let replacements: readonly unknown[] = [entry];
  if (path !== undefined) {
    if (fileText(layer, path, [...at, 'path']) === null) return;
    const held = layer.state.files.yaml(posix.join(layer.folder, String(path))).documents[0]?.value;
    replacements = Array.isArray(held) ? held : [held];
  }
  for (const one of replacements) {
    const lack = lackOf(mapping(one));
    // What stands in the kustomization itself is told with its fields.
    if (lack !== null && path === undefined) continue;
    const fault = lack ?? applyReplacement(all, mapping(one));
    if (fault === null || (lack === null && !layer.state.complete)) continue;
    layer.say('replacement', 'error', at, `This replacement does not apply: ${fault}. Mend it.`);
  }
}

/** Whether a transformer configuration may give replicas to an object of this name, of a kind of its own. */
function mayConfigure(layer: Layer, all: readonly Built[], name: unknown): boolean {
  return layer.value.configurations !== undefined && all.some((built) => idOf(built).name === name);
}

/** The text of a file that the kustomization names; what cannot be read is told, and is null. */
export function fileText(layer: Layer, name: unknown, at: At): string | null {
  if (typeof name !== 'string') return null;
  const { files } = layer.state;
  if (/:\/\//.test(name)) {
    layer.skip(at, `"${name}" is on another machine, so it was not checked.`);
    return null;
  }
  const path = posix.join(layer.folder, name);
  const text = files.text(path);
  if (text === null) {
    if (files.lacks(path, layer.folder)) {
      layer.say(
        'missing-file',
        'error',
        at,
        `There is no "${name}". Mend the path, or take it out.`,
      );
      layer.state.complete = false;
    } else
      layer.skip(at, `"${name}" is not among the files that were read, so it was not checked.`);
    return null;
  }
  if (!isBelow(path, layer.folder)) {
    layer.say(
      'outside-root',
      'error',
      at,
      `"${name}" lies outside of this folder, which kustomize refuses. Move it here.`,
    );
  }
  return text;
}
