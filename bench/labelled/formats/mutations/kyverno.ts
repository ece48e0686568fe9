import { append, type Mutation, rewrite } from '../../labelled.ts';

/** A policy of its own at the end of the file, with this rule. */
function rule(name: string, lines: string): Mutation {
  return append(
    name,
    `---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: omega-broken
spec:
  rules:
    - name: omega
${lines}`,
  );
}

const match = '      match: {any: [{resources: {kinds: [Pod]}}]}\n';
const pattern = '      validate: {message: m, pattern: {spec: {hostNetwork: false}}}';

/** What the API server or Kyverno's own admission refuses of a policy. */
export const mutations: readonly Mutation[] = [
  rewrite('a misspelt kind', /^kind: *(Cluster)?Policy[ \t]*$/m, 'kind: $1Polcy'),
  rewrite(
    'a version that is none',
    /^apiVersion: *kyverno\.io\/v\w+[ \t]*$/m,
    'apiVersion: kyverno.io/v3',
  ),
  rewrite('a misspelt spec', /^spec:/m, 'specs:'),
  rewrite('no rules', /^ {2}rules:[\s\S]*$/m, '  rules: []\n'),
  rewrite('rules as a mapping', /^( +)rules:[ \t]*\n( +)- /m, '$1rules:\n$2  '),
  rewrite('a misspelt match', /^( +)match:/m, '$1matches:'),
  rewrite('a misspelt validate', /^( +)validate:/m, '$1validation:'),
  rewrite('a rule without a name', /^( +)- name: .*\n +(?=match:)/m, '$1- '),
  rewrite('a rule that matches nothing', /^( +)match:[ \t]*\n(?:\1 +.*\n)+/m, '$1match: {}\n'),
  rewrite('a misspelt kinds', /^( +)kinds:/m, '$1kind:'),
  rewrite('kinds as a text', /^( +)kinds:[ \t]*\n(?: +- .*\n)+/m, '$1kinds: Pod\n'),
  rewrite('background by a word', /^( +background:).*$/m, '$1 sometimes'),
  rewrite(
    'an action that is none',
    /^( +(?:validationFailureAction|failureAction):).*$/m,
    '$1 Deny',
  ),
  rewrite('a misspelt pattern', /^( +)pattern:/m, '$1patern:'),
  rewrite('a tab as indentation', /^ {2}(?=rules:)/m, '\t'),
  rewrite('a key twice', /^( {2}rules:)/m, '  background: true\n  background: true\n$1'),
  rewrite('a name with capitals', /^ {2}name: *[\w-]+[ \t]*$/m, '  name: MyPolicy'),
  rewrite('a quote that is not closed', /^ {2}name: *([\w-]+)[ \t]*$/m, '  name: "$1'),
  rule('a rule without its action', match.trimEnd()),
  rule(
    'a rule with two actions',
    `${match}${pattern}\n      mutate: {patchStrategicMerge: {metadata: {labels: {a: b}}}}`,
  ),
  rule('a rule without match', pattern),
  rule(
    'any beside all',
    `      match: {any: [{resources: {kinds: [Pod]}}], all: [{resources: {kinds: [Pod]}}]}\n${pattern}`,
  ),
  rule(
    'a kind that there is not',
    `      match: {any: [{resources: {kinds: [Deploymnet]}}]}\n${pattern}`,
  ),
  rule(
    'a kind with a space',
    `      match: {any: [{resources: {kinds: [apps/v1 Deployment]}}]}\n${pattern}`,
  ),
  rule('a check in two ways', `${match}      validate: {message: m, pattern: {a: b}, deny: {}}`),
  rule('a check in no way', `${match}      validate: {message: m}`),
  rule(
    'an operator that is none',
    `${match}      validate: {message: m, deny: {conditions: {any: [{key: a, operator: Is, value: b}]}}}`,
  ),
  rule(
    'a variable that is not closed',
    `${match}      validate: {message: "{{ request.object.kind }", pattern: {a: b}}`,
  ),
  rule('a variable without a value', `${match}      validate: {message: "{{ }}", pattern: {a: b}}`),
  rule(
    'a bracket in a variable that is not closed',
    `${match}      validate: {message: "{{ request.object.spec.containers[0 }}", pattern: {a: b}}`,
  ),
  rule(
    'a user in the background',
    `${match}      validate: {message: m, deny: {conditions: {any: [{key: "{{ request.userInfo.username }}", operator: Equals, value: b}]}}}`,
  ),
  rule(
    'an anchor that is not closed',
    `${match}      validate: {message: m, pattern: {"=(spec": {a: b}}}`,
  ),
  rule(
    'an anchor of changes in a check',
    `${match}      validate: {message: m, pattern: {"+(spec)": {a: b}}}`,
  ),
  rule('a message that is a list', `${match}      validate: {message: [m], pattern: {a: b}}`),
  rule('a context without its kind', `${match}      context: [{name: a}]\n${pattern}`),
  rule(
    'a context without its name',
    `${match}      context: [{configMap: {name: a, namespace: b}}]\n${pattern}`,
  ),
  rule(
    'a map of a context without its name',
    `${match}      context: [{name: a, configMap: {namespace: b}}]\n${pattern}`,
  ),
  rule(
    'a level of pods that is none',
    `${match}      validate: {message: m, podSecurity: {level: strict, version: latest}}`,
  ),
  rule(
    'an operation that is none',
    `      match: {any: [{resources: {kinds: [Pod], operations: [PATCH]}}]}\n${pattern}`,
  ),
  rule('preconditions as a text', `${match}      preconditions: "always"\n${pattern}`),
  rule('a patch that is a mapping', `${match}      mutate: {patchesJson6902: {op: add}}`),
  rule(
    'a generation without its name',
    `${match}      generate: {apiVersion: v1, kind: ConfigMap, data: {}}`,
  ),
  rule('a verification without its images', `${match}      verifyImages: [{attestors: []}]`),
];
