import { describe, expect, it } from 'vitest';
import { buildKustomization } from '#main/generation/validation/kustomization/build/build-kustomization.ts';
import { ProjectFiles } from '#main/generation/validation/kustomization/build/project-files.ts';
import { detectFormat, validateFile } from '#main/generation/validation/validate.ts';

type Tree = Readonly<Record<string, string>>;
const never = new AbortController().signal;
const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: shop/web:1.0.0
          resources: {requests: {cpu: 50m}}
          securityContext: {allowPrivilegeEscalation: false}
          envFrom: [{configMapRef: {name: settings}}]
          env: [{name: HOST, value: old}]
        - name: side
          image: shop/side:1.0.0
          resources: {requests: {cpu: 50m}}
          securityContext: {allowPrivilegeEscalation: false}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
`;
const subject = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: web, namespace: default}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
`;

async function judge(files: Tree, path = 'kustomization.yaml') {
  const siblings = Object.entries(files).map(([name, content]) => ({ path: name, content }));
  const content = files[path] ?? '';
  const format = detectFormat(path, content);
  if (format === null) throw new Error(`${path} has no format`);
  const found = await validateFile({ path, content, format, siblings }, never);
  return found.map(({ rule, severity, line }) => `${severity} ${rule}@${line}`);
}

function build(files: Tree, path = 'kustomization.yaml') {
  const all = Object.entries(files).map(([name, content]) => ({ path: name, content }));
  const { objects, problems, complete } = buildKustomization(path, new ProjectFiles(all));
  const find = (kind: string) =>
    JSON.parse(JSON.stringify(objects.find(({ object }) => object.kind === kind)?.object ?? null));
  return { find, problems, complete, objects };
}

describe('the validator of kustomizations', () => {
  it.each([
    ['kustomization.yaml', 'resources: [web.yaml]\n'],
    ['kustomization.yml', `${head}resources:\n  - web.yaml\nnamePrefix: a-\n`],
    ['Kustomization', 'resources: [web.yaml]\nreplicas: [{name: web, count: 2}]\n'],
    ['kustomization.yaml', 'resources: [web.yaml]\nimages: [{name: shop/web, newTag: "2"}]\n'],
  ])('accepts %s: %s', async (path, content) => {
    expect(await judge({ [path]: content, 'web.yaml': web }, path)).toEqual([]);
  });

  it.each([
    ['an unknown field', 'resource: [web.yaml]\n', 'error kustomize/unknown-field@1'],
    ['a wrong type', 'resources: web.yaml\n', 'error kustomize/wrong-type@1'],
    ['an empty one', head, 'error kustomize/empty@1'],
    ['no content', '# nothing\n', 'error kustomize/empty@1'],
    ['another kind', 'kind: Deployment\nresources: [web.yaml]\n', 'error kustomize/kind@1'],
    [
      'another version',
      'apiVersion: v1\nkind: Kustomization\nresources: [web.yaml]\n',
      'error kustomize/kind@1',
    ],
    ['a missing file', 'resources:\n- web.yaml\n- no.yaml\n', 'error kustomize/missing-file@3'],
    ['a folder that is none', 'resources:\n- sub\n', 'error kustomize/missing-file@2'],
    ['a file twice', 'resources:\n- web.yaml\n- ./web.yaml\n', 'error kustomize/duplicate-entry@3'],
    [
      'an object twice',
      'resources:\n- web.yaml\n- again.yaml\n',
      'error kustomize/duplicate-resource@3',
    ],
    ['a file that is no object', 'resources:\n- notes.yaml\n', 'error kustomize/resource@2'],
    [
      'a patch file that is missing',
      'resources: [web.yaml]\npatches:\n- path: no.yaml\n',
      'error kustomize/missing-file@3',
    ],
    [
      'a patch without text',
      'resources: [web.yaml]\npatches:\n- target: {kind: Service}\n',
      'error kustomize/patch@3',
    ],
    [
      'a patch of nobody',
      'resources: [web.yaml]\npatches:\n- patch: "{apiVersion: v1, kind: Secret, metadata: {name: x}}"\n',
      'error kustomize/patch-target@3',
    ],
    [
      'operations without target',
      'resources: [web.yaml]\npatches:\n- patch: "[{op: remove, path: /spec}]"\n',
      'error kustomize/patch@3',
    ],
    [
      'an operation on nothing',
      'resources: [web.yaml]\npatches:\n- patch: "[{op: remove, path: /spec/no}]"\n  target: {kind: Service}\n',
      'error kustomize/patch@3',
    ],
    [
      'a target of nobody',
      'resources: [web.yaml]\npatches:\n- patch: "[{op: remove, path: /spec}]"\n  target: {kind: Secret}\n',
      'warning kustomize/patch-target@3',
    ],
    [
      'replicas of nobody',
      'resources: [web.yaml]\nreplicas:\n- {name: wbe, count: 1}\n',
      'error kustomize/replicas@3',
    ],
    [
      'an image of nobody',
      'resources: [web.yaml]\nimages:\n- {name: web, newTag: a}\n',
      'warning kustomize/unused-image@3',
    ],
    [
      'a merge into nothing',
      'resources: [web.yaml]\nconfigMapGenerator:\n- {name: a, behavior: merge}\n',
      'error kustomize/generator-target@3',
    ],
    [
      'a literal without value',
      'resources: [web.yaml]\nconfigMapGenerator:\n- name: a\n  literals: [A]\n',
      'error kustomize/generator@4',
    ],
    [
      'a replacement of nobody',
      'resources: [web.yaml]\nreplacements:\n- source: {kind: Secret}\n  targets: [{select: {kind: Service}}]\n',
      'error kustomize/replacement@3',
    ],
    [
      'a duplicate key',
      'resources: [web.yaml]\nresources: [web.yaml]\n',
      'error kustomize/duplicate-key@2',
    ],
    ['tabs', 'resources:\n\t- web.yaml\n', 'error kustomize/yaml@2'],
    [
      'two documents',
      'resources: [web.yaml]\n---\nresources: [web.yaml]\n',
      'error kustomize/several-documents@3',
    ],
    [
      'a deprecated field',
      'resources: [web.yaml]\ncommonLabels: {a: b}\n',
      'warning kustomize/deprecated-field@2',
    ],
    [
      'a namespace that is no name',
      'namespace: My_Shop\nresources: [web.yaml]\n',
      'error kustomize/invalid-name@1',
    ],
    [
      'a prefix that is no part of a name',
      'namePrefix: A_\nresources: [web.yaml]\n',
      'error kustomize/invalid-name@1',
    ],
    [
      'a component whose patch is missing',
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: no.yaml}]\n',
      'error kustomize/missing-file@3',
    ],
    [
      'a branch',
      'resources:\n- https://github.com/a/b//c?ref=main\n',
      'warning kustomize/unpinned-remote@2',
    ],
  ])('refuses or warns of %s', async (_, content, expected) => {
    const files = {
      'kustomization.yaml': content,
      'web.yaml': web,
      'again.yaml': web,
      'notes.yaml': 'a: 1\n',
      'sub/x.yaml': subject,
    };
    expect(await judge(files)).toContain(expected);
  });

  // What each file is blamed for by itself is left there; what a patch breaks has no other place.
  it('judges what is built', async () => {
    const patch =
      'patches:\n- target: {kind: Service}\n  patch: "[{op: replace, path: /spec/ports/0/port, value: 99999}]"\n';
    const found = await judge({
      'kustomization.yaml': `resources: [web.yaml]\n${patch}`,
      'web.yaml': web,
    });
    expect(found).toEqual(['error kustomize/built@2']);
    const broken = web.replace('port: 80', 'port: 99999');
    expect(
      await judge({ 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': broken }),
    ).toEqual([]);
  });

  // What kustomize's own library takes; three of these were refused.
  it.each([
    ['replaces a key that is not there yet', '[{op: replace, path: /spec/type, value: NodePort}]'],
    [
      'counts from the end of a list',
      '[{op: replace, path: /spec/ports/-1/port, value: 81}, {op: add, path: /spec/ports/-1, value: {name: b, port: 82}}]',
    ],
  ])('takes a patch that %s', async (_, patch) => {
    const content = `resources: [web.yaml]\npatches:\n- target: {kind: Service}\n  patch: "${patch}"\n`;
    expect(await judge({ 'kustomization.yaml': content, 'web.yaml': web })).toEqual([]);
  });

  it.each([
    'replace, path: /spec/none/type, value: a',
    'replace, path: /spec/ports/3, value: {}',
    'add, path: /spec/ports/3, value: {}',
    'remove, path: /spec/type',
  ])('refuses a patch that has no place: %s', async (patch) => {
    const content = `resources: [web.yaml]\npatches:\n- target: {kind: Service}\n  patch: "[{op: ${patch}}]"\n`;
    expect(await judge({ 'kustomization.yaml': content, 'web.yaml': web })).toEqual([
      'error kustomize/patch@3',
    ]);
  });

  it('reads a key with dots within brackets as one step of a replacement', async () => {
    const noted = web.replace(
      'metadata: {labels: {app: web}}',
      'metadata: {labels: {app: web}, annotations: {example.com/port: "1"}}',
    );
    const content = `resources: [web.yaml]
replacements:
- source: {kind: Service, fieldPath: metadata.name}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ["spec.template.metadata.annotations.[example.com/port]"]
`;
    expect(await judge({ 'kustomization.yaml': content, 'web.yaml': noted })).toEqual([]);
  });

  it('does not blame a file that is only too large to be read', async () => {
    const files = {
      'kustomization.yaml': 'resources: [web.yaml, big.yaml]\n',
      'web.yaml': web,
      'big.yaml': `${web}${'\n'.repeat(25_000)}`,
    };
    expect(await judge(files)).toEqual(['info kustomize/not-checked@1']);
  });

  it('blames a merge for nothing that another machine may have', async () => {
    const content =
      'resources: [https://example.com/a.yaml]\nconfigMapGenerator: [{name: a, behavior: merge, literals: [A=b]}]\n';
    expect(await judge({ 'kustomization.yaml': content })).not.toContain(
      'error kustomize/generator-target@2',
    );
  });

  it('blames a component for what it makes, and a replacement for what it lacks', async () => {
    const component = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator: [{name: a, literals: [A=b, A=c]}]
`;
    expect(await judge({ 'kustomization.yaml': component })).toEqual([
      'error kustomize/generator@3',
    ]);
    const content =
      'resources: [https://example.com/a.yaml]\ncrds: [no.yaml]\nreplacements: [{targets: [{select: {kind: Pod}}]}]\n';
    const errors = (await judge({ 'kustomization.yaml': content, 'web.yaml': web })).filter((one) =>
      one.startsWith('error'),
    );
    expect(errors).toEqual(['error kustomize/missing-file@2', 'error kustomize/replacement@3']);
  });

  it('a component is not blamed for what it patches elsewhere', async () => {
    const content = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
replicas: [{name: web, count: 2}]
patches: [{patch: "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort}}"}]
`;
    expect(await judge({ 'kustomization.yaml': content, 'web.yaml': web })).toEqual([]);
  });

  it('ends where kustomizations lead in a circle, and where one lies outside', async () => {
    const files = {
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a, ../web.yaml]\n',
      'web.yaml': web,
    };
    expect(await judge(files, 'b/kustomization.yaml')).toContain('error kustomize/outside-root@1');
    const { problems } = build(files, 'a/kustomization.yaml');
    expect(problems.map(({ rule, path }) => `${rule} ${path}`)).toContain(
      'cycle b/kustomization.yaml',
    );
  });

  it('says what it did not check, and then blames no patch for it', async () => {
    const content = `resources:\n- https://example.com/a.yaml\nhelmCharts: [{name: x}]\npatches:\n- patch: "{apiVersion: v1, kind: Secret, metadata: {name: x}}"\n`;
    const found = await judge({ 'kustomization.yaml': content });
    expect(found).toEqual(['info kustomize/not-checked@2', 'info kustomize/not-checked@3']);
    // Without its siblings nobody knows whether a file is there.
    expect(await judge({ 'kustomization.yaml': 'resources: [a.yaml]\n' })).toEqual([
      'info kustomize/not-checked@1',
    ]);
  });

  it('a patch file is no whole object, which the rules for Kubernetes know', async () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n';
    const files = {
      'kustomization.yaml': 'resources: [web.yaml]\npatches: [{path: p.yaml}]\n',
      'web.yaml': web,
      'p.yaml': patch,
    };
    expect(await judge(files, 'p.yaml')).toEqual(['info kubernetes/not-checked@1']);
    expect((await judge({ 'p.yaml': patch }, 'p.yaml')).length).toBeGreaterThan(1);
  });

  it.each([
    [
      'a billion laughs',
      `a: &a [${'x,'.repeat(9)}]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9)}]`).join('\n')}\n`,
    ],
    ['deep nesting', `resources: ${'['.repeat(5_000)}`],
    [
      'a long pattern',
      `resources: [web.yaml]\npatches:\n- patch: "[{op: remove, path: /spec}]"\n  target: {name: "(a+)+$"}\n`,
    ],
  ])('%s ends in an error', async (_, content) => {
    const found = await judge({ 'kustomization.yaml': content, 'web.yaml': web });
    expect(found.some((one) => one.startsWith('error'))).toBe(true);
  });
});

// The expected values are what kustomize 5.5 prints.
describe('the build of kustomizations', () => {
  const overlay = `namespace: prod
namePrefix: p-
nameSuffix: -s
resources: [../base]
components: [../comp]
labels: [{pairs: {env: prod}, includeTemplates: true}]
images:
- {name: shop/web, newName: registry.example.com:5000/web, newTag: "2.0"}
- {name: shop/side, digest: sha256:def}
configMapGenerator: [{name: settings, behavior: merge, literals: [A=2]}]
patches:
- path: patch.yaml
replacements:
- source: {kind: Service, name: web, fieldPath: metadata.name}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ['spec.template.spec.containers.[name=web].env.[name=HOST].value']
`;
  const files = {
    'base/kustomization.yaml': `resources: [web.yaml, rbac.yaml]
configMapGenerator:
- name: settings
  literals: [A=1, 'B="x & y"']
  files: [app.conf, other=app.conf]
  envs: [vars.env]
secretGenerator: [{name: keys, literals: [TOKEN=abc]}]
`,
    'base/web.yaml': web,
    'base/rbac.yaml': subject,
    'base/app.conf': 'port = 80\n',
    'base/vars.env': '# c\nX=1\n  Y=a=b\n',
    'comp/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplicas: [{name: web, count: 5}]\n`,
    'overlay/kustomization.yaml': overlay,
    'overlay/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: new, image: 'new:1'}
        - name: web
          env: [{name: LEVEL, value: info}]
        - {name: side, $patch: delete}
`,
  };

  it('names, references, hashes, patches, images and replacements', () => {
    const { find, problems, complete } = build(files, 'overlay/kustomization.yaml');
    expect({ problems, complete }).toEqual({
      problems: [expect.objectContaining({ rule: 'unused-image', severity: 'warning' })],
      complete: true,
    });
    const { metadata, spec } = find('Deployment');
    expect(metadata).toEqual({ name: 'p-web-s', namespace: 'prod', labels: { env: 'prod' } });
    expect(spec.replicas).toBe(5);
    expect(spec.selector.matchLabels).toEqual({ app: 'web' });
    expect(spec.template.metadata.labels).toEqual({ app: 'web', env: 'prod' });
    const [added, own, ...others] = spec.template.spec.containers;
    expect([added.name, own.image, others]).toEqual([
      'new',
      'registry.example.com:5000/web:2.0',
      [],
    ]);
    expect(own.env).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name: 'HOST', value: 'p-web-s' },
    ]);
    expect(own.envFrom).toEqual([{ configMapRef: { name: 'p-settings-s-thm94ff46g' } }]);
    expect(find('ConfigMap')).toMatchObject({
      metadata: { name: 'p-settings-s-thm94ff46g' },
      data: {
        A: '2',
        B: 'x & y',
        X: '1',
        Y: 'a=b',
        'app.conf': 'port = 80\n',
        other: 'port = 80\n',
      },
    });
    expect(find('Secret')).toMatchObject({
      metadata: { name: 'p-keys-s-86h6cc7m29' },
      data: { TOKEN: 'YWJj' },
    });
    expect(find('RoleBinding').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'p-web-s', namespace: 'prod' },
    ]);
  });

  it('common labels reach the selectors, and the hash can be left out', () => {
    const { find } = build({
      'kustomization.yaml':
        'resources: [web.yaml]\ncommonLabels: {team: a}\ngeneratorOptions: {disableNameSuffixHash: true, labels: {g: h}}\nconfigMapGenerator: [{name: settings, literals: [A=1]}]\n',
      'web.yaml': web,
    });
    expect(find('Service').spec.selector).toEqual({ app: 'web', team: 'a' });
    expect(find('Deployment').spec.selector.matchLabels).toEqual({ app: 'web', team: 'a' });
    expect(find('ConfigMap').metadata).toEqual({ name: 'settings', labels: { g: 'h', team: 'a' } });
  });
});
