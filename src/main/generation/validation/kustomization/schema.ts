import type { FieldType, KubernetesSchema } from '../kubernetes/schema.ts';

const text = 'string';
const texts: FieldType = { array: 'string' };
const pairs: FieldType = { map: 'any' };
const selector = {
  group: text,
  version: text,
  kind: text,
  name: text,
  namespace: text,
} as const;
const selecting = { ...selector, annotationSelector: text, labelSelector: text } as const;
const generator = {
  name: text,
  namespace: text,
  behavior: { enum: ['create', 'merge', 'replace'] },
  literals: texts,
  files: texts,
  envs: texts,
  env: text,
  options: '#GeneratorOptions',
} as const;
const fieldOptions = {
  delimiter: text,
  index: 'integer',
  encoding: text,
  create: 'boolean',
} as const;

/** The fields of a kustomization and their types, as in kustomize's own api/types; others are refused. */
export const kustomizationSchema: KubernetesSchema = {
  kubernetes: '',
  kinds: {},
  defs: {
    Kustomization: {
      fields: {
        apiVersion: text,
        kind: text,
        metadata: 'any',
        openapi: pairs,
        namePrefix: text,
        nameSuffix: text,
        namespace: text,
        commonLabels: { map: text },
        labels: { array: '#Label' },
        commonAnnotations: { map: text },
        patchesStrategicMerge: texts,
        patchesJson6902: { array: '#Patch' },
        patches: { array: '#Patch' },
        images: { array: '#Image' },
        imageTags: { array: '#Image' },
        replacements: { array: '#Replacement' },
        replicas: { array: '#Replica' },
        vars: { array: 'any' },
        sortOptions: 'any',
        resources: texts,
        components: texts,
        crds: texts,
        bases: texts,
        configMapGenerator: { array: '#ConfigMap' },
        secretGenerator: { array: '#Secret' },
        helmGlobals: 'any',
        helmCharts: { array: 'any' },
        helmChartInflationGenerator: { array: 'any' },
        generatorOptions: '#GeneratorOptions',
        configurations: texts,
        generators: texts,
        transformers: texts,
        validators: texts,
        buildMetadata: texts,
      },
    },
    Label: {
      fields: {
        pairs: { map: text },
        includeSelectors: 'boolean',
        includeTemplates: 'boolean',
        includeVolumeClaimTemplates: 'boolean',
        fields: { array: 'any' },
      },
    },
    Patch: {
      fields: { path: text, patch: text, target: '#Selector', options: '#PatchOptions' },
    },
    PatchOptions: { fields: { allowNameChange: 'boolean', allowKindChange: 'boolean' } },
    Selector: { fields: selecting },
    Image: {
      required: ['name'],
      fields: { name: text, newName: text, newTag: text, digest: text, tagSuffix: text },
    },
    Replica: { required: ['name', 'count'], fields: { name: text, count: 'integer' } },
    Replacement: {
      fields: {
        path: text,
        source: '#Source',
        sourceValue: text,
        targets: { array: '#Target' },
      },
    },
    Source: { fields: { ...selector, fieldPath: text, options: '#FieldOptions' } },
    Target: {
      required: ['select'],
      fields: {
        select: '#Selector',
        reject: { array: '#Selector' },
        fieldPaths: texts,
        options: '#FieldOptions',
      },
    },
    FieldOptions: { fields: fieldOptions },
    ConfigMap: { required: ['name'], fields: generator },
    Secret: { required: ['name'], fields: { ...generator, type: text } },
    GeneratorOptions: {
      fields: {
        labels: { map: text },
        annotations: { map: text },
        disableNameSuffixHash: 'boolean',
        immutable: 'boolean',
      },
    },
  },
};
