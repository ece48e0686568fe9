import type { Resource } from '../kubernetes/resource.ts';
import type { KubernetesSchema } from '../kubernetes/schema.ts';
import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { judgeParts } from './rules-parts.ts';

const docs = 'https://kyverno.io/docs/policy-types/cluster-policy/';
const actions = ['validate', 'mutate', 'generate', 'verifyImages'];
const checks = [
  'pattern',
  'anyPattern',
  'deny',
  'foreach',
  'podSecurity',
  'manifests',
  'cel',
  'assert',
];

/** What Kyverno refuses of a policy although its fields are right, and what it is about to give up. */
export function judgePolicy(resource: Resource, kubernetes: KubernetesSchema): void {
  const { say, name } = resource;
  const spec = mapping(resource.value.spec);
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) {
    say(
      'invalid-name',
      'error',
      ['metadata'],
      'A policy needs metadata.name, of a-z, 0-9, - and dots.',
      `${docs}policy-settings/`,
    );
  }
  const rules = list(spec.rules);
  if (rules.length === 0) {
    say(
      'no-rules',
      'error',
      ['spec'],
      'A policy without rules does nothing. Add one under spec.rules.',
      docs,
    );
  }
  if (spec.validationFailureAction !== undefined) {
    say(
      'deprecated-field',
      'warning',
      ['spec', 'validationFailureAction'],
      'spec.validationFailureAction is deprecated. Say failureAction in the validate of each rule.',
      `${docs}validate/#failure-action`,
    );
  }
  for (const key of [
    'generateExistingOnPolicyUpdate',
    'mutateExistingOnPolicyUpdate',
    'generateExisting',
    'failurePolicy',
    'webhookTimeoutSeconds',
  ]) {
    if (spec[key] === undefined) continue;
    say(
      'deprecated-field',
      'warning',
      ['spec', key],
      `spec.${key} is deprecated. Say it in the rule, or in webhookConfiguration.`,
      `${docs}policy-settings/`,
    );
  }
  const names = new Set<unknown>();
  rules.forEach((one, index) => {
    const rule = mapping(one);
    const path = ['spec', 'rules', index];
    if (typeof rule.name === 'string' && (rule.name === '' || rule.name.length > 63)) {
      say(
        'invalid-name',
        'error',
        [...path, 'name'],
        'A rule is named by 1 to 63 characters.',
        docs,
      );
    }
    if (names.has(rule.name)) {
      say(
        'duplicate-rule',
        'error',
        [...path, 'name'],
        `Two rules are called ${quote(String(rule.name))}. Rename one.`,
        docs,
      );
    }
    names.add(rule.name);
    judgeActions(resource, rule, path);
    judgeParts(resource, rule, path);
    judgeMatch(resource, rule, path, kubernetes);
  });
}

function judgeActions({ say }: Resource, rule: Mapping, path: YamlPath): void {
  const there = actions.filter((key) => rule[key] !== undefined);
  if (there.length !== 1) {
    const found = there.length === 0 ? 'none' : there.join(' and ');
    say(
      'one-action',
      'error',
      path,
      `A rule has exactly one of ${actions.join(', ')}, and this has ${found}.`,
      docs,
    );
  }
  if (rule.validate === undefined) return;
  const validate = mapping(rule.validate);
  const ways = checks.filter((key) => validate[key] !== undefined);
  if (ways.length !== 1) {
    const found = ways.length === 0 ? 'none' : ways.join(' and ');
    say(
      'one-check',
      'error',
      [...path, 'validate'],
      `validate has exactly one of ${checks.join(', ')}, and this has ${found}.`,
      `${docs}validate/`,
    );
  }
  const needsMessage = ways.some((way) => /attern$|deny/.test(way));
  if (needsMessage && (typeof validate.message !== 'string' || validate.message.trim() === '')) {
    say(
      'no-message',
      'warning',
      [...path, 'validate'],
      'Without a message nobody learns why an object was refused. Add one.',
      `${docs}validate/`,
    );
  }
}

function judgeMatch(
  resource: Resource,
  rule: Mapping,
  path: YamlPath,
  kubernetes: KubernetesSchema,
): void {
  for (const key of ['match', 'exclude']) {
    if (rule[key] === undefined) continue;
    const block = mapping(rule[key]);
    const at = [...path, key];
    const url = `${docs}match-exclude/`;
    const ways = ['any', 'all', 'resources', 'subjects', 'roles', 'clusterRoles'].filter(
      (one) => block[one] !== undefined,
    );
    if (block.any !== undefined && block.all !== undefined) {
      resource.say('any-and-all', 'error', at, `${key} has any or all, not both.`, url);
    }
    if (block.resources !== undefined) {
      resource.say(
        'deprecated-field',
        'warning',
        [...at, 'resources'],
        `resources right under ${key} is deprecated. Put it under any.`,
        url,
      );
    }
    const filters = [
      ...(['any', 'all'] as const).flatMap((one) =>
        list(block[one]).map((filter, index) => ({
          filter: mapping(filter),
          at: [...at, one, index],
        })),
      ),
      ...(block.resources === undefined ? [] : [{ filter: block, at }]),
    ];
    const isEmpty =
      ways.length === 0 ||
      (filters.length === 0 && (block.any !== undefined || block.all !== undefined));
    if (isEmpty)
      resource.say(
        'empty-match',
        'error',
        at,
        `${key} says nothing of what it is about. Name resources, with their kinds.`,
        url,
      );
    for (const { filter, at: place } of filters)
      judgeFilter(resource, key, filter, place, kubernetes);
  }
}

function judgeFilter(
  resource: Resource,
  key: string,
  filter: Mapping,
  at: YamlPath,
  kubernetes: KubernetesSchema,
): void {
  const url = `${docs}match-exclude/`;
  const resources = mapping(filter.resources);
  if (
    Object.keys(filter).length === 0 ||
    (filter.resources !== undefined && Object.keys(resources).length === 0)
  ) {
    resource.say(
      'empty-match',
      'error',
      at,
      'This entry is empty, so it stands for everything or nothing. Name resources.',
      url,
    );
    return;
  }
  if (key === 'match' && filter.resources !== undefined && list(resources.kinds).length === 0) {
    resource.say(
      'empty-match',
      'error',
      [...at, 'resources'],
      'match needs kinds. Name them, such as Pod.',
      url,
    );
  }
  list(resources.kinds).forEach((kind, index) => {
    if (typeof kind !== 'string') return;
    const place = [...at, 'resources', 'kinds', index];
    if (!/^(?:[\w.*-]+\/){0,3}[\w.*-]+$/.test(kind)) {
      resource.say(
        'invalid-kind',
        'error',
        place,
        `${quote(kind)} is no kind. Write Kind, version/Kind or group/version/Kind.`,
        url,
      );
      return;
    }
    if (/[/*.]/.test(kind)) return;
    const known = new Set(Object.values(kubernetes.kinds).flatMap((kinds) => Object.keys(kinds)));
    const hint = known.has(kind) ? '' : didYouMean(kind, known);
    if (hint !== '')
      resource.say(
        'invalid-kind',
        'error',
        place,
        `Kubernetes has no kind ${quote(kind)}.${hint}`,
        url,
      );
  });
}
