import { ruleUrl } from '#shared/rules.ts';
import { judgeCarried } from '../collector/validate-collector.ts';
import { patchedBy } from '../kustomization/patched-by.ts';
import { list, mapping } from '../plain.ts';
import { judgeOperator } from '../prometheus/judge-operator.ts';
import type { Report } from '../report.ts';
import type { Validator } from '../validator.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { parseYaml, type YamlDocument } from '../yaml/parse-yaml.ts';
import { findDefinition } from './api-versions.ts';
import { checkFields } from './check-fields.ts';
import { type Resource, readResource } from './resource.ts';
import { judgeTogether } from './rules-file.ts';
import { judgeNames } from './rules-names.ts';
import { judgeObject } from './rules-objects.ts';
import { judgePods } from './rules-pods.ts';
import { judgeSafety } from './rules-safety.ts';
import { kubernetesSchema } from './schema.ts';

const objectsUrl =
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields';

/** Judges Kubernetes YAML of any number of documents, strictly against the built-in kinds. */
export const validateKubernetes: Validator = async ({ path, content, siblings }) => {
  const { documents, report } = parseYaml(content, 'kubernetes', 'kubernetes');
  if (documents.length === 0 && report.findings.length === 0) {
    report.add(
      'kubernetes/empty',
      'error',
      1,
      'The file describes no object. Add one with apiVersion, kind and metadata.',
      objectsUrl,
    );
    return report.findings;
  }
  const patched = patchedBy(path, siblings);
  if (patched !== null) {
    const message = `${patched} merges this file into other objects, so its fields were not checked here.`;
    const url = ruleUrl('kubernetes/not-checked');
    report.add('kubernetes/not-checked', 'info', 1, message, url);
    return report.findings;
  }
  await judgeDocuments(documents, report);
  return report.findings;
};

/** Judges the objects of documents, by themselves and together. */
export async function judgeDocuments(
  documents: readonly YamlDocument[],
  report: Report,
): Promise<void> {
  const schema = await kubernetesSchema();
  const resources = documents.flatMap((document) => readDocument(document, report));
  for (const resource of resources) {
    if (resource.value.$patch !== undefined) {
      resource.say(
        'not-checked',
        'info',
        ['$patch'],
        'This is a patch for Kustomize, so its fields were not checked.',
        ruleUrl('kubernetes/not-checked'),
      );
      continue;
    }
    if (await judgeOperator(resource, schema)) continue;
    const definition = findDefinition(resource, schema);
    if (definition === null) continue;
    judgeNames(resource);
    checkFields(resource, definition, schema);
    judgePods(resource);
    judgeObject(resource);
    judgeSafety(resource);
    await judgeCarried(resource);
  }
  judgeTogether(resources);
}

/** The objects of one document; a List gives its items. */
function readDocument(document: YamlDocument, report: Report): readonly Resource[] {
  const read = (value: unknown, base: YamlPath): readonly Resource[] => {
    const held = mapping(value);
    const resource = readResource(held, base, document.lineOf, report);
    const missing = (['apiVersion', 'kind'] as const).filter((key) => resource[key] === '');
    if (missing.length > 0) {
      resource.say(
        'missing-field',
        'error',
        [],
        `This object has no ${missing.join(' and no ')}. Add it, so that Kubernetes knows what it is.`,
        objectsUrl,
      );
      return [];
    }
    if (resource.apiVersion === 'v1' && resource.kind === 'List') {
      return list(held.items).flatMap((item, index) => read(item, [...base, 'items', index]));
    }
    return [resource];
  };
  return read(document.value, []);
}
