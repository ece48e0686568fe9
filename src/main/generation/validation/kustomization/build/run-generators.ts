import { list, mapping } from '../../plain.ts';
import { merge } from './add-resources.ts';
import type { Layer } from './build-kustomization.ts';
import { type Built, idOf, idsOf, nameIt, namespaceOf } from './built.ts';
import { generatedData, generatedObject } from './generate-data.ts';
import { fileText } from './run-transformers.ts';

const generators = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

/** What builds need and this one does not do, with what to know about it. */
const unsupported: Readonly<Record<string, string>> = {
  generators: 'Generators run programs',
  transformers: 'Transformers of your own are not run',
  validators: 'Validators of your own are not run',
  helmCharts: 'Charts are inflated by Helm',
  helmChartInflationGenerator: 'Charts are inflated by Helm',
  openapi: 'An OpenAPI file of your own is not read',
  configurations: 'Transformer configurations are not read',
  crds: 'CRDs are not read for their references',
  vars: 'Vars are deprecated and not resolved',
};

/** The objects of `configMapGenerator` and `secretGenerator` added; what is not supported is told. */
export function runGenerators(layer: Layer, given: readonly Built[]): readonly Built[] {
  for (const [field, reason] of Object.entries(unsupported)) {
    const value = layer.value[field];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
      continue;
    if (field === 'crds' || field === 'configurations') {
      list(value).forEach((one, index) => {
        fileText(layer, one, [field, index]);
      });
    }
    const message = `${reason}, so what "${field}" does was not checked.`;
    // These change objects and bring none.
    if (/^(?:configurations|crds|openapi|vars)$/.test(field))
      layer.say('not-checked', 'info', [field], message);
    else layer.skip([field], message);
  }
  let all = given;
  for (const [field, kind] of generators) {
    for (const [index, one] of list(layer.value[field]).entries()) {
      all = generate(layer, all, kind, mapping(one), [field, index]);
    }
  }
  return all;
}

function generate(
  layer: Layer,
  all: readonly Built[],
  kind: 'ConfigMap' | 'Secret',
  entry: Readonly<Record<string, unknown>>,
  at: readonly (string | number)[],
): readonly Built[] {
  if (typeof entry.name !== 'string') return all;
  const { data, faults, unknown } = generatedData(entry, layer.folder, layer.state.files);
  for (const fault of faults) {
    layer.say(
      'generator',
      'error',
      [...at, ...fault.at],
      `${nameIt({ kind, name: entry.name })}: ${fault.text}. Mend this source.`,
    );
  }
  for (const { path, at: where } of unknown) {
    if (layer.state.files.lacks(path, layer.folder)) {
      layer.say(
        'missing-file',
        'error',
        [...at, ...where],
        `There is no "${path}". Mend the path, or take it out.`,
      );
      layer.state.complete = false;
    } else
      layer.skip(
        [...at, ...where],
        `"${path}" is not among the files that were read, so it was not checked.`,
      );
  }
  const options = mapping(layer.value.generatorOptions);
  const object = generatedObject(kind, entry, options, data);
  const line = layer.state.files.yaml(layer.path).documents[0]?.lineOf(at) ?? 1;
  const hashed =
    options.disableNameSuffixHash !== true && mapping(entry.options).disableNameSuffixHash !== true;
  const made: Built = {
    object,
    original: null,
    path: layer.path,
    line,
    before: [],
    prefixes: [],
    suffixes: [],
    hashed,
  };
  const { behavior } = entry;
  if (behavior !== 'merge' && behavior !== 'replace') return merge(layer, all, [made], at);
  const wanted = idOf(made);
  const held = all.find((built) =>
    idsOf(built).some(
      (id) =>
        id.kind === kind &&
        id.name === wanted.name &&
        (wanted.namespace === '' || namespaceOf(id) === namespaceOf(wanted)),
    ),
  );
  // It may be in what could not be read.
  if (!held && !layer.state.complete) return all;
  if (!held) {
    layer.say(
      'generator-target',
      'error',
      [...at, 'behavior'],
      `There is no ${nameIt(wanted)} to ${behavior}. Mend its name, or take out behavior.`,
    );
    return all;
  }
  const { labels, annotations } = mapping(object.metadata);
  const metadata = mapping(held.object.metadata);
  held.object.metadata = {
    ...metadata,
    ...(labels === undefined
      ? {}
      : { labels: { ...mapping(metadata.labels), ...mapping(labels) } }),
    ...(annotations === undefined
      ? {}
      : { annotations: { ...mapping(metadata.annotations), ...mapping(annotations) } }),
  };
  held.object.data = {
    ...(behavior === 'merge' ? mapping(held.object.data) : {}),
    ...mapping(object.data),
  };
  held.hashed = hashed && held.hashed;
  return all;
}
