import type { Resource } from '../kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';

const docs = 'https://kyverno.io/docs/policy-types/cluster-policy/';
const sources = ['configMap', 'apiCall', 'imageRegistry', 'variable', 'globalReference'];
const reserved =
  /^(?:images|request|serviceAccountName|serviceAccountNamespace|element|elementIndex)(?:\.|$)/;

/** Parts of a rule that Kyverno's admission asks more of than its CRDs: contexts, conditions, targets. */
export function judgeParts(resource: Resource, rule: Mapping, path: YamlPath): void {
  judgeContext(resource, rule.context, [...path, 'context']);
  judgeConditions(resource, rule.preconditions, [...path, 'preconditions']);
  judgeConditions(resource, mapping(mapping(rule.validate).deny).conditions, [
    ...path,
    'validate',
    'deny',
    'conditions',
  ]);
  const { generate } = rule;
  if (generate !== undefined) judgeTarget(resource, mapping(generate), [...path, 'generate']);
  list(rule.verifyImages).forEach((entry, index) => {
    const { imageReferences, image } = mapping(entry);
    if (list(imageReferences).length > 0 || (typeof image === 'string' && image !== '')) return;
    const message = 'A verification needs imageReferences. Name the images.';
    const at = [...path, 'verifyImages', index];
    resource.say('missing-field', 'error', at, message, `${docs}verify-images/`);
  });
}

function judgeContext({ say }: Resource, held: unknown, path: YamlPath): void {
  const url = `${docs}external-data-sources/`;
  list(held).forEach((one, index) => {
    const entry = mapping(one);
    const at = [...path, index];
    const there = sources.filter((key) => entry[key] !== undefined && entry[key] !== null);
    if (there.length !== 1) {
      const found = there.length === 0 ? 'none' : there.join(' and ');
      const message = `An entry of a context has exactly one of ${sources.join(', ')}, and this has ${found}.`;
      say('context', 'error', at, message, url);
    }
    if (typeof entry.name === 'string' && reserved.test(entry.name)) {
      const message = `${quote(entry.name)} is a name of Kyverno's own. Choose another.`;
      say('context', 'error', [...at, 'name'], message, url);
    }
    const { configMap } = entry;
    if (configMap !== undefined && configMap !== null && !mapping(configMap).namespace) {
      const message = 'The ConfigMap of a context needs its namespace. Add it.';
      say('missing-field', 'error', [...at, 'configMap'], message, url);
    }
  });
}

/** Conditions are `any` and `all` with lists, or the old plain list; the CRDs leave them open. */
function judgeConditions({ say }: Resource, held: unknown, path: YamlPath): void {
  if (held === undefined || held === null) return;
  const url = `${docs}preconditions/`;
  const parts = Array.isArray(held) ? [{ any: held }] : [mapping(held)];
  const isMapping = typeof held === 'object';
  const unknown = isMapping
    ? parts.flatMap(Object.keys).find((key) => !/^a(?:ny|ll)$/.test(key))
    : undefined;
  if (!isMapping || unknown !== undefined) {
    const message = `Conditions stand in lists under any or all${unknown === undefined ? '' : `, and not under ${quote(unknown)}`}.`;
    say('conditions', 'error', path, message, url);
  }
}

function judgeTarget({ say }: Resource, generate: Mapping, path: YamlPath): void {
  const ways = ['data', 'clone', 'cloneList', 'foreach'].filter(
    (key) => generate[key] !== undefined,
  );
  const url = `${docs}generate/`;
  if (ways.length > 1) {
    const message = `generate has one of data, clone, cloneList and foreach, and this has ${ways.join(' and ')}.`;
    say('one-source', 'error', path, message, url);
  }
  if (generate.foreach !== undefined) return;
  if (list(mapping(generate.cloneList).kinds).length > 0) return;
  for (const key of ['apiVersion', 'kind', 'name']) {
    if (generate[key] !== undefined && generate[key] !== '') continue;
    say('missing-field', 'error', path, `generate needs ${key} of what it makes. Add it.`, url);
  }
}
