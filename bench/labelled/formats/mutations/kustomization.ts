import { append, type Mutation, rewrite } from '../../labelled.ts';

/** More lines at the end, where the file does not have that field already. */
function field(name: string, lines: string): Mutation {
  const key = lines.slice(0, lines.indexOf(':') + 1);
  const added = append(name, lines);
  return {
    name,
    breaks: (text, path) =>
      text.split('\n').some((line) => line.startsWith(key)) ? null : added.breaks(text, path),
  };
}

/** What is taken from another machine may hold what is missing here. */
function ofHere({ name, breaks }: Mutation): Mutation {
  return { name, breaks: (text, path) => (text.includes('://') ? null : breaks(text, path)) };
}

/** A component may change what only those have that name it. */
function ofWhole({ name, breaks }: Mutation): Mutation {
  const isComponent = /^kind: *Component[ \t]*$/m;
  return { name, breaks: (text, path) => (isComponent.test(text) ? null : breaks(text, path)) };
}

const map = 'configMapGenerator:\n- name: omega\n';
/** A patch in its own words of an object that a generator makes. */
const patched = (patch: string): string =>
  `${map}  literals: [A=b]\npatches:\n- target: {kind: ConfigMap, name: omega}\n  patch: |-\n${patch}`;

/** What `kustomize build` refuses. */
export const mutations: readonly Mutation[] = [
  rewrite('a misspelt resources', /^resources:/m, 'resource:'),
  rewrite('a kind that is none', /^kind: *Kustomization[ \t]*$/m, 'kind: Kustomisation'),
  rewrite(
    'a version that is none',
    /^apiVersion: *kustomize\S+[ \t]*$/m,
    'apiVersion: kustomize.config.k8s.io/v1',
  ),
  rewrite(
    'a resource that is not there',
    /^( *- +)["']?[\w./-]+\.ya?ml["']?[ \t]*$/m,
    '$1omega-nothing.yaml',
  ),
  rewrite('a resource twice', /^( *- +["']?[\w./-]+\.ya?ml["']?[ \t]*)$/m, '$1\n$1'),
  rewrite(
    'resources as a mapping',
    /^resources:[ \t]*\n *- +(?=[\w./-]+[ \t]*$)/m,
    'resources:\n  web: ',
  ),
  rewrite('resources as a text', /^resources:[ \t]*\n( *- +.*\n?)+/m, 'resources: web.yaml\n'),
  rewrite('a tab as indentation', /^resources:[ \t]*\n *- /m, 'resources:\n\t- '),
  rewrite('a quote that is not closed', /^( *- +)["']?([\w./-]+\.ya?ml)["']?[ \t]*$/m, '$1"$2'),
  rewrite('itself as a resource', /^resources:[ \t]*$/m, 'resources:\n- ./'),
  field('an unknown field', 'patch:\n- path: patch.yaml'),
  field('images as a text', 'images: nginx:1.27'),
  field('an image by a key of its own', 'images:\n- name: nginx\n  tag: "1.27"'),
  field('a tag that is a number', 'images:\n- name: nginx\n  newTag: 1.27'),
  field('replicas that are a text', 'replicas:\n- name: web\n  count: three'),
  ofHere(field('replicas of nobody', 'replicas:\n- name: omega-nobody\n  count: 3')),
  field('replicas as a number', 'replicas: 3'),
  field('a common label that is a number', 'commonLabels:\n  version: 1.0'),
  field('labels as a mapping', 'labels:\n  app: web'),
  field('labels without pairs', 'labels:\n- app: web'),
  ofHere(field('a patch of a file that is not there', 'patches:\n- path: omega-nothing.yaml')),
  field('a patch as a text', 'patches:\n- omega-nothing.yaml'),
  field('a patch with neither path nor text', 'patches:\n- target: {kind: Deployment}'),
  field(
    'a patch with both',
    `patches:\n- path: a.yaml\n  patch: "[]"\n  target: {kind: Deployment}`,
  ),
  ofHere(
    field(
      'a patch of nobody',
      'patches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: omega-nobody}',
    ),
  ),
  ofHere(field('a component that is not there', 'components:\n- omega-nothing')),
  field('a generator without a name', 'configMapGenerator:\n- literals: [A=b]'),
  field('a literal without =', `${map}  literals: [DEBUG]`),
  field('literals as a mapping', `${map}  literals: {A: b}`),
  ofHere(field('a file of a map that is not there', `${map}  files: [omega-nothing.conf]`)),
  ofHere(field('variables of a file that is not there', `${map}  envs: [omega-nothing.env]`)),
  ofWhole(
    ofHere(field('a map that replaces nobody', `${map}  behavior: merge\n  literals: [A=b]`)),
  ),
  field('a key of a map twice', `${map}  literals: [A=b, A=c]`),
  field('two maps of one name', `${map}  literals: [A=b]\n- name: omega\n  literals: [C=d]`),
  field('a secret as plain data', 'secretGenerator:\n- name: omega\n  stringData: {A: b}'),
  field(
    'a replacement without its source',
    'replacements:\n- targets:\n  - select: {kind: Deployment}',
  ),
  ofHere(
    field(
      'a replacement from nobody',
      'replacements:\n- source: {kind: ConfigMap, name: omega-nobody, fieldPath: data.A}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.name]',
    ),
  ),
  ofHere(field('definitions of a file that is not there', 'crds:\n- omega-nothing.yaml')),
  field('a prefix in quotes that do not close', 'namePrefix: "omega-'),
  field('an operation that is none', patched('    - {op: set, path: /data/A, value: c}')),
  field('an operation without a path', patched('    - {op: add, value: c}')),
  field('an operation on nothing', patched('    - {op: remove, path: /data/B}')),
  field(
    'an operation below nothing',
    patched('    - {op: replace, path: /spec/replicas, value: 3}'),
  ),
  field('a test that fails', patched('    - {op: test, path: /data/A, value: c}')),
  field('a merge without kind', patched('    metadata: {name: omega}\n    data: {A: c}')),
  field('a patch that is no YAML', patched('    data: {A: c')),
];
