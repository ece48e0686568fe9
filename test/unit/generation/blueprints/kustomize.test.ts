import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { kustomizationsOf } from '#main/generation/blueprints/kustomize/improve.ts';
import { buildKustomization } from '#main/generation/validation/kustomization/build/build-kustomization.ts';
import { ProjectFiles } from '#main/generation/validation/kustomization/build/project-files.ts';
import { detectFormat, validateFile } from '#main/generation/validation/validate.ts';
import type { Artifact } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { defaultTarget, type Flavour, flavours } from '#shared/target.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { project, service, variable } from './fixtures.ts';

const services = [
  service({
    name: 'web',
    path: 'web',
    context: 'web',
    dataFolders: ['data'],
    env: [variable('DATABASE_URL'), variable('APP_MODE')],
    backingServices: ['postgres'],
  }),
  service({ name: 'api', path: 'api', context: 'api', ports: [8080], healthPath: null }),
  service({ name: 'worker', path: 'worker', context: 'worker', kind: 'worker', ports: [] }),
  service({ name: 'migrate', path: 'migrate', context: 'migrate', kind: 'job', ports: [] }),
];
const never = new AbortController().signal;
const root = 'deploy/kustomize';

type Texts = Parameters<typeof generateArtifacts>[3] extends infer S
  ? S extends { readonly texts: infer T }
    ? T
    : never
  : never;

function write(flavour: Flavour, of: readonly Service[] = services, texts: Texts = new Map()) {
  const existing = [...texts.keys()].map((path) => ({ kind: 'kustomize', path }));
  const surroundings = { target: { ...defaultTarget, flavour }, texts };
  return generateArtifacts('kustomize', project(of, { existing }), null, surroundings);
}

function built(files: readonly Artifact[], overlay: string) {
  const path = `${root}/${overlay}/kustomization.yaml`;
  return buildKustomization(path, new ProjectFiles(files));
}

type Plain = { kind: string; metadata: Record<string, unknown> & { labels: object; name: string } };

function plain(flavour: Flavour): readonly Plain[] {
  const surroundings = { target: { ...defaultTarget, flavour }, texts: new Map() };
  return services.flatMap((one) => {
    const made = generateArtifacts('kubernetes', project(services), one, surroundings);
    return parseAllDocuments(made[0]?.content ?? '').map((document) => document.toJS());
  });
}

async function errorsOf(files: readonly Artifact[]) {
  const found = await Promise.all(
    files.map(async ({ path, content }) => {
      const format = detectFormat(path, content);
      if (format === null) return [`${path}: no format`];
      const said = await validateFile({ path, content, format, siblings: files }, never);
      return said
        .filter(({ severity, rule }) => severity === 'error' || rule.startsWith('kustomize/'))
        .map(({ rule, message }) => `${path}: ${rule}: ${message}`);
    }),
  );
  return found.flat();
}

describe('the blueprint of Kustomize', () => {
  it.each(flavours)('%s: no file has an error, with the others beside it', async (flavour) => {
    expect(await errorsOf(write(flavour))).toEqual([]);
  });

  // Catches an overlay that forgets what the flavour needs, or a base that is not neutral.
  it.each(['standard', 'gke', 'eks', 'aks', 'iks'] as const)(
    '%s: production builds the plain manifests of the flavour',
    (flavour) => {
      const { objects, problems, complete } = built(write(flavour), 'overlays/production');
      expect({ problems, complete }).toEqual({ problems: [], complete: true });
      const made = objects.map(({ object }) => {
        const { namespace, labels, ...metadata } = object.metadata as Plain['metadata'];
        const { 'app.kubernetes.io/managed-by': tool, ...own } = labels as Record<string, string>;
        expect([namespace, tool]).toEqual(['shop', 'kustomize']);
        return { ...object, metadata: { ...metadata, labels: own } };
      });
      const byName = (a: { kind?: unknown; metadata: { name?: unknown } }) =>
        `${String(a.kind)} ${String(a.metadata.name)}`;
      const sorted = <T extends Parameters<typeof byName>[0]>(all: readonly T[]) =>
        [...all].sort((a, b) => (byName(a) < byName(b) ? -1 : 1));
      expect(sorted(made)).toEqual(sorted(plain(flavour)));
    },
  );

  it('development runs one pod each, at a host of this machine, in its own namespace', () => {
    const { objects } = built(write('eks'), 'overlays/development');
    const kinds = new Set(objects.map(({ object }) => object.kind));
    expect([...kinds].filter((kind) => /Autoscaler|Disruption/.test(String(kind)))).toEqual([]);
    const hosts = objects
      .filter(({ object }) => object.kind === 'Ingress')
      .map(({ object }) => object.spec as { rules: { host: string }[]; tls?: unknown })
      .map(({ rules, tls }) => [rules[0]?.host, tls]);
    expect(hosts).toEqual([
      ['web.localhost', undefined],
      ['api.localhost', undefined],
    ]);
    expect(objects[0]?.object.metadata).toMatchObject({ namespace: 'shop-dev' });
  });

  it('a flavour of this machine is the development overlay; production is for any cluster', () => {
    const files = write('minikube');
    const { objects } = built(files, 'overlays/development');
    expect(JSON.stringify(objects.map(({ object }) => object))).toContain('web.test');
    const production = files.find(({ path }) => path.includes('production'));
    expect(production?.content).toContain('registry.example.com/shop/web');
  });

  // Kustomize refuses an object that is there twice, such as a claim that two services share.
  it('what two services share stands once', () => {
    const shared = ['one', 'two'].map((name) =>
      service({ name, path: name, context: '.', language: 'python', dataFolders: ['data'] }),
    );
    const { objects, problems } = built(write('gke', shared), 'overlays/production');
    expect(problems).toEqual([]);
    const claims = objects.filter(({ object }) => object.kind === 'PersistentVolumeClaim');
    expect(claims).toHaveLength(1);
  });

  it('takes names that are no DNS labels, one like its own file, and services without a port', async () => {
    const odd = ['Ünïcode Näme!', 'kustomization', '9', 'a'.repeat(90)].map((name, index) =>
      service({ name, path: `s${index}`, context: `s${index}`, ports: [] }),
    );
    const files = write('gke', odd);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect(await errorsOf(files)).toEqual([]);
  });

  it('writes and builds 200 services in a moment', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      service({ name: `svc-${index}`, path: `s${index}`, context: `s${index}` }),
    );
    const begin = cpuMs();
    const files = write('eks', many);
    const written = cpuMs();
    expect(built(files, 'overlays/production').problems).toEqual([]);
    expect([written - begin, cpuMs() - written].map((ms) => ms < 8_000)).toEqual([true, true]);
  });

  it('refuses a project of which nothing keeps running', () => {
    expect(() => write('gke', [service({ kind: 'library' })])).toThrow(/Leave Kustomize out/);
  });
});

describe("an author's kustomization", () => {
  const old = `# ours, by hand
bases:   # two of them
- ../base
- ../../monitoring   # keep
namePrefix: prod-
patchesStrategicMerge:
- replicas.yaml
# one more
- 'memory.yaml'
patchesJson6902:
- target: {kind: Deployment, name: web}
  path: ingress.yaml
imageTags:
- name: web
  newTag: "2"
commonLabels:
  app: web
`;
  const ingress = '- {op: add, path: /spec/tls, value: []}\n';
  const texts = (content: string, patch = ingress) =>
    new Map([
      ['k8s/overlays/prod/kustomization.yaml', { content, isOurs: false }],
      ['k8s/overlays/prod/ingress.yaml', { content: patch, isOurs: false }],
    ]);

  it('gets what `kustomize edit fix` does, and keeps its comments', () => {
    const [only, ...others] = write('gke', services, texts(old));
    expect(others).toEqual([]);
    expect(only?.path).toBe('k8s/overlays/prod/kustomization.yaml');
    expect(parse(only?.content ?? '')).toEqual({
      resources: ['../base', '../../monitoring'],
      namePrefix: 'prod-',
      patches: [
        { path: 'replicas.yaml' },
        { path: 'memory.yaml' },
        { target: { kind: 'Deployment', name: 'web' }, path: 'ingress.yaml' },
      ],
      images: [{ name: 'web', newTag: '2' }],
      labels: [{ includeSelectors: true, pairs: { app: 'web' } }],
    });
    for (const comment of ['# ours, by hand', '# two of them', '# keep', '# one more']) {
      expect(only?.content).toContain(comment);
    }
    expect(write('gke', services, texts(only?.content ?? ''))[0]?.content).toBe(only?.content);
  });

  it('keeps a patch that labels and names might undo, and says why', () => {
    const [only] = write(
      'gke',
      services,
      texts(old, '- {op: remove, path: /metadata/labels/app}\n'),
    );
    const made = parse(only?.content ?? '');
    expect(made.patches).toEqual([{ path: 'replicas.yaml' }, { path: 'memory.yaml' }]);
    expect(made.patchesJson6902).toHaveLength(1);
    expect(only?.notes?.map(({ rule, line, message }) => ({ rule, line, message }))).toEqual([
      { rule: 'omega/left', line: 10, message: expect.stringContaining('patchesJson6902') },
    ]);
  });

  it('keeps line ends, and what needs nothing is returned as it is', () => {
    const crlf = 'bases:\r\n- ../base\r\nnameSuffix: -a   # why\r\n';
    expect(write('gke', services, texts(crlf))[0]?.content).toBe(
      'resources:\r\n- ../base\r\nnameSuffix: -a   # why\r\n',
    );
    const fine = 'resources: [a.yaml]   # fine\n';
    expect(write('gke', services, texts(fine))[0]?.content).toBe(fine);
  });

  it('that cannot be read, or has both an old field and its new one, is left alone', () => {
    for (const content of ['bases: [\n', 'bases: [a]\nresources: [b]\n', '\t- x\n']) {
      expect(write('gke', services, texts(content))[0]?.content).toBe(content);
    }
  });

  it('is read where it lies; what Omega wrote is written anew', () => {
    const target = { ...defaultTarget };
    const files = write('standard');
    const ours = new Map(files.map(({ path, content }) => [path, { content, isOurs: true }]));
    expect(write('standard', services, ours)).toEqual(files);
    const asked = kustomizationsOf(
      project(services, { existing: [{ kind: 'kustomize', path: 'a/kustomization.yml' }] }),
      target,
    );
    expect(asked).toEqual(['a/kustomization.yml']);
  });

  it('in the place of ours is kept, and the rest is written beside it', () => {
    const path = `${root}/overlays/production/kustomization.yaml`;
    const edited = 'namespace: mine   # not shop\nresources:\n  - ../../base\n';
    const files = write(
      'standard',
      services,
      new Map([[path, { content: edited, isOurs: false }]]),
    );
    expect(files.find((one) => one.path === path)?.content).toBe(edited);
    expect(files.length).toBeGreaterThan(5);
  });
});
