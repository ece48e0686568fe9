import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bare, generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import { judge } from '#main/generation/validation/judge.ts';
import { defaultTarget, type Target } from '#shared/target.ts';
import { project, service, stacks } from './fixtures.ts';

const tested = service({
  name: 'Shop API',
  path: 'api',
  context: 'api',
  backingServices: ['postgres', 'redis'],
  test: 'npm test',
});
const others = Object.entries(stacks)
  .filter(([, { kind }]) => kind !== 'cli')
  .map(([name, of]) => ({ ...of, name, test: 'make test' }));
const all = project([tested, ...others]);
const targets: readonly Partial<Target>[] = [
  {},
  { cloud: 'gcp', compute: 'kubernetes' },
  { cloud: 'oracle' },
  { cloud: 'ibm' },
  { flavour: 'aks' },
  { flavour: 'kind' },
];
const write = (kind: 'github-actions' | 'gitlab-ci', target: Partial<Target>, of = all) =>
  generateArtifacts(kind, of, null, { ...bare, target: { ...defaultTarget, ...target } })[0]
    ?.content ?? '';

describe.each(targets)('pipelines for %o', (target) => {
  it('are accepted by actionlint and by GitLab’s schema, without a warning', async () => {
    for (const [kind, format, path] of [
      ['github-actions', 'github-workflow', '.github/workflows/ci.yml'],
      ['gitlab-ci', 'gitlab-ci', '.gitlab-ci.yml'],
    ] as const) {
      const content = write(kind, target);
      const findings = await judge({ path, content, format });
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(content).toBe(write(kind, target));
    }
  });
});

describe('a pipeline', () => {
  const github = parse(write('github-actions', {}, project([tested])));

  it('runs the commands of the scan beside the systems that the tests need', () => {
    const job = github.jobs['test-shop-api'];
    expect(Object.keys(job.services)).toEqual(['postgres', 'redis']);
    expect(job.services.postgres.options).toContain('pg_isready');
    expect(job.steps.at(-1)).toEqual({ name: 'Test', run: 'npm test', 'working-directory': 'api' });
  });

  it('pushes only what is on the default branch or tagged, and asks for rights where it needs them', () => {
    expect(github.permissions).toEqual({ contents: 'read' });
    expect(github.jobs.image.permissions).toBeUndefined();
    expect(github.jobs.publish.if).toBe("github.event_name == 'push'");
    expect(github.jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(github.jobs.publish.needs).toEqual(['test-shop-api', 'image']);
    expect(github.jobs.deploy.environment).toBe('production');
  });

  it('names images as the manifests do, in both systems', () => {
    const [first] = github.jobs.image.strategy.matrix.include;
    const gitlab = parse(write('gitlab-ci', { flavour: 'eks' }, project([tested])));
    expect(gitlab['image-shop-api'].variables.NAME).toBe(first.repository);
    const manifests = generateArtifacts('kubernetes', project([tested]), tested, {
      ...bare,
      target: { ...defaultTarget, flavour: 'eks' },
    })[0]?.content;
    const [old] = /\d+\.dkr\S+?(?==)/.exec(gitlab.deploy.script.join('\n')) ?? [];
    expect(old).toBeDefined();
    expect(manifests).toContain(`image: ${old}:`);
  });
});

describe('a pipeline beside an author’s manifests', () => {
  const manifest = (kind: string, name: string, image: string) =>
    `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n        - name: x\n          image: ${image}\n`;
  const web = service({ name: 'web', path: 'web', context: 'web' });
  const jobs = service({ name: 'jobs', path: 'jobs', context: 'jobs', kind: 'worker', ports: [] });
  const fresh = service({ name: 'fresh', path: 'fresh', context: 'fresh' });
  const files: Readonly<Record<string, string>> = {
    'infra-k8s/web-deployment.yaml': manifest('Deployment', 'shop-web', 'acme/web:3'),
    'infra-k8s/jobs.yaml': manifest('StatefulSet', 'jobs', 'acme/jobs'),
    'old-k8s/web.yaml': manifest('Deployment', 'web', 'acme/web:1'),
    'infra-k8s/db.yaml': manifest('Deployment', 'db', 'postgres:18'),
    'infra-k8s/fresh.yaml': manifest('Deployment', 'cron', 'acme/cron:1').replace(
      '      containers:',
      '      initContainers:\n        - name: fresh\n          image: busybox:1\n      containers:',
    ),
  };
  const scan = project([web, jobs, fresh], {
    existing: Object.keys(files).map((path) => ({ kind: 'kubernetes', path })),
  });
  const target = { ...defaultTarget, flavour: 'gke' } as const;
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [path, { content, isOurs: false }]),
  );

  // Catches: a cluster that cannot pull, since GitLab's registry of a private project is private.
  it('let the cluster pull from GitLab’s registry by a deploy token', () => {
    const job = service({ name: 'seed', path: 'seed', kind: 'job' });
    const scan = project([service(), job]);
    const script = parse(write('gitlab-ci', { flavour: 'eks' }, scan)).deploy.script.join('\n');
    expect(script).toMatch(/create secret docker-registry gitlab-registry --namespace shop /);
    for (const kind of ['Deployment', 'Job']) {
      const [, patch = ''] =
        new RegExp(`edit add patch --kind ${kind} --patch '(.*)'`).exec(script) ?? [];
      expect(JSON.parse(patch)).toMatchObject({
        kind,
        spec: { template: { spec: { imagePullSecrets: [{ name: 'gitlab-registry' }] } } },
      });
    }
    expect(write('github-actions', { flavour: 'eks' }, scan)).not.toContain('gitlab');
  });

  it.each(['github-actions', 'gitlab-ci'] as const)(
    'applies them where they lie, under the names that they have (%s)',
    (kind) => {
      expect(readPaths(kind, scan, null, target)).toEqual(
        expect.arrayContaining(Object.keys(files)),
      );
      const [file] = generateArtifacts(kind, scan, null, { target, texts });
      const { deploy } =
        kind === 'gitlab-ci' ? parse(file?.content ?? '') : parse(file?.content ?? '').jobs;
      const text = JSON.stringify(deploy);
      expect(text).toMatch(kind === 'gitlab-ci' ? /PROJECT_DIR\/infra-k8s/ : /"infra-k8s"/);
      expect(text).not.toContain('old-k8s');
      // What prepares a pod is no image of ours, whatever it is called.
      expect(text).not.toContain('busybox=');
      expect(text).toContain('acme/web=$REGISTRY/shop/web:');
      expect(text).toContain('kubectl rollout status deployment/shop-web --timeout');
      expect(text).toContain('kubectl rollout status statefulset/jobs --timeout');
      // What the author has no manifest for comes from ours, in the namespace of the policies.
      expect(text).toContain('change-me/shop/fresh=$REGISTRY/shop/fresh:');
      expect(text).toContain('rollout status deployment/fresh --namespace shop');
      expect(text).toContain('apply --filename -');
      expect(text).toContain('apply --namespace shop --filename -');
    },
  );
});

describe('a pipeline where there is an overlay for production', () => {
  // Catches: tags that no field of the overlay takes, and Deployments that are looked for elsewhere.
  it('sets the images by the names of its base, and waits in its namespace', () => {
    const path = 'deploy/kustomize/overlays/production/kustomization.yaml';
    const scan = project([tested], { existing: [{ kind: 'kustomize', path }] });
    const { deploy } = parse(write('gitlab-ci', { flavour: 'eks' }, scan));
    const text = deploy.script.join('\n');
    expect(text).toContain('cd "$CI_PROJECT_DIR/deploy/kustomize/overlays/production"');
    expect(text).toContain('"shop/shop-api=$REGISTRY/shop/shop-api:$CI_COMMIT_SHA"');
    expect(text).toContain('rollout status deployment/shop-api --namespace shop');
  });
});

describe('beside an author’s workflows', () => {
  const author = (steps: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps}`;
  const paths = (content: string) =>
    generateArtifacts('github-actions', project([tested]), null, {
      target: defaultTarget,
      texts: new Map([['.github/workflows/ci.yml', { content, isOurs: false }]]),
    }).map(({ path }) => path.replace('.github/workflows/', ''));

  it('comes only what none of them does', () => {
    expect(paths(author('      - run: npm test\n'))).toEqual(['images.yml', 'ci.yml']);
    expect(paths(author('      - run: npm test\n      - run: docker build .\n'))).toEqual([
      'ci.yml',
    ]);
    expect(paths(author('      - run: docker build .\n'))).toEqual(['tests.yml', 'ci.yml']);
    expect(paths(author('      - run: echo\n'))).toEqual(['omega-ci.yml', 'ci.yml']);
  });

  it('our own files, on disk, propose nothing more', () => {
    const content = write('github-actions', {}, project([tested]));
    const [only, ...more] = generateArtifacts('github-actions', project([tested]), null, {
      target: defaultTarget,
      texts: new Map([['.github/workflows/ci.yml', { content, isOurs: false }]]),
    });
    expect([only?.content, more]).toEqual([content, []]);
  });
});
