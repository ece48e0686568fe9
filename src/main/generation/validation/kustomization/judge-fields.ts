import { checkFields } from '../kubernetes/check-fields.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { isDnsLabel } from '../kubernetes/rules-names.ts';
import { list, type Mapping, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import type { YamlDocument } from '../yaml/parse-yaml.ts';
import { lackOf } from './build/replacements.ts';
import { kustomizationSchema } from './schema.ts';

/** Where Kustomize's own documentation explains its fields. */
export const kustomizationUrl =
  'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/';

/** Fields that Kustomize calls deprecated, with what `kustomize edit fix` makes of them. */
const deprecated: Readonly<Record<string, string>> = {
  bases: 'resources',
  imageTags: 'images',
  patchesStrategicMerge: 'patches, each with its path',
  patchesJson6902: 'patches',
  commonLabels: 'labels, with includeSelectors: true',
  vars: 'replacements',
  helmChartInflationGenerator: 'helmCharts',
};

const versions: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
};

/** What stands in a kustomization itself: its fields, their types, what is deprecated, and what excludes each other. */
export function judgeFields({ value, lineOf }: YamlDocument, report: Report): void {
  const held = mapping(value);
  const say: Resource['say'] = (rule, severity, path, message) =>
    report.add(`kustomize/${rule}`, severity, lineOf(path), message, kustomizationUrl);
  const kind = typeof held.kind === 'string' ? held.kind : 'Kustomization';
  const version = versions[kind];
  if (version === undefined) {
    say('kind', 'error', ['kind'], 'kind must be Kustomization or Component. Mend it.', '');
  } else if (held.apiVersion !== undefined && held.apiVersion !== version) {
    say('kind', 'error', ['apiVersion'], `The apiVersion of a ${kind} is ${version}. Set it.`, '');
  }
  if (Object.keys(held).every((key) => key === 'apiVersion' || key === 'kind')) {
    say(
      'empty',
      'error',
      [],
      'This kustomization is empty, which kustomize refuses. Add resources.',
      '',
    );
  }
  const resource: Resource = {
    apiVersion: version ?? '',
    kind: 'Kustomization',
    name: '',
    namespace: '',
    value: held,
    say,
  };
  checkFields(resource, 'Kustomization', kustomizationSchema);
  for (const [field, instead] of Object.entries(deprecated)) {
    if (held[field] === undefined) continue;
    const message = `"${field}" is deprecated. Use ${instead}; \`kustomize edit fix\` does it.`;
    say('deprecated-field', 'warning', [field], message, '');
  }
  judgePatches(held, say);
  for (const [index, one] of list(held.replacements).entries()) {
    const lack = mapping(one).path === undefined ? lackOf(mapping(one)) : null;
    if (lack !== null)
      say('replacement', 'error', ['replacements', index], `This does nothing: ${lack}.`, '');
  }
  judgeLabels(held, say);
  judgeNames(held, say);
}

/** What becomes part of names, which Kustomize takes and the cluster then refuses. */
function judgeNames(held: Mapping, say: Resource['say']): void {
  const { namespace } = held;
  if (typeof namespace === 'string' && namespace !== '' && !isDnsLabel(namespace)) {
    const message = `${quote(namespace)} is no namespace: at most 63 of a-z, 0-9 and -. Mend it.`;
    say('invalid-name', 'error', ['namespace'], message, '');
  }
  for (const field of ['namePrefix', 'nameSuffix']) {
    const affix = held[field];
    if (typeof affix !== 'string' || /^[a-z0-9.-]*$/.test(affix)) continue;
    const message = `${quote(affix)} cannot be part of a name: only a-z, 0-9, - and . can. Mend it.`;
    say('invalid-name', 'error', [field], message, '');
  }
}

function judgePatches(held: Mapping, say: Resource['say']): void {
  for (const field of ['patches', 'patchesJson6902']) {
    for (const [index, one] of list(held[field]).entries()) {
      const { path, patch } = mapping(one);
      if ((path === undefined) !== (patch === undefined)) continue;
      const message = 'A patch has either path or patch. Keep one of them.';
      say('patch', 'error', [field, index], message, '');
    }
  }
}

/** A label that is set twice: kustomize refuses to move it, and the last one counts. */
function judgeLabels(held: Mapping, say: Resource['say']): void {
  const common = mapping(held.commonLabels);
  for (const [index, one] of list(held.labels).entries()) {
    for (const key of Object.keys(mapping(mapping(one).pairs))) {
      if (!Object.hasOwn(common, key)) continue;
      const message = `"${key}" is in commonLabels too. Remove one.`;
      say('duplicate-label', 'warning', ['labels', index, 'pairs', key], message, '');
    }
  }
}
