import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Surroundings } from '#main/generation/blueprints/blueprint.ts';
import { isDeployable } from '#main/generation/blueprints/deployable.ts';
import {
  generateArtifacts,
  readPaths,
  settleArtifacts,
} from '#main/generation/blueprints/generate.ts';
import { readChart } from '#main/generation/validation/helm/chart.ts';
import { rendererOf } from '#main/generation/validation/helm/render.ts';
import { judge } from '#main/generation/validation/judge.ts';
import { kubernetesSchema } from '#main/generation/validation/kubernetes/schema.ts';
import type { Artifact } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { defaultTarget, flavours } from '#shared/target.ts';
import { project, service, stacks, variable } from './fixtures.ts';

const shop = project([
  stacks['node-npm'] as Service,
  service({
    name: 'worker',
    path: 'worker',
    context: 'worker',
    kind: 'worker',
    ports: [],
    release: 'npm run migrate',
  }),
  service({ name: 'import', path: 'import', context: 'import', kind: 'job', ports: [] }),
  service({
    name: 'notes',
    path: 'notes',
    context: 'notes',
    ports: [8000],
    dataFolders: ['notes/data'],
    env: [variable('SITE_TITLE')],
  }),
]);

type Object = {
  kind: string;
  metadata: { name: string; labels?: object; annotations?: object };
  spec?: { template?: { metadata: { annotations?: object } } };
};

async function rendered(files: readonly Artifact[]): Promise<readonly Object[]> {
  const folder =
    files.find(({ path }) => path.endsWith('Chart.yaml'))?.path.replace('Chart.yaml', '') ?? '';
  const renderer = rendererOf(readChart(folder, files), { schema: await kubernetesSchema() });
  return files
    .map(({ path }) => path.slice(folder.length))
    .filter((path) => path.startsWith('templates/') && path.endsWith('.yaml'))
    .flatMap((path) => objects(renderer.render(path).text));
}

function objects(text: string): readonly Object[] {
  return parseAllDocuments(text)
    .map((one) => one.toJS())
    .filter((one) => one !== null);
}

/** What Helm adds: labels of the release, and annotations of pods and claims. */
function bare(object: Object): unknown {
  const copy = structuredClone(object);
  delete copy.metadata.labels;
  if (copy.kind === 'PersistentVolumeClaim') delete copy.metadata.annotations;
  delete copy.spec?.template?.metadata.annotations;
  return copy;
}

const byName = (all: readonly Object[]): ReadonlyMap<string, unknown> =>
  new Map(all.map((one) => [`${one.kind}/${one.metadata.name}`, bare(one)]));

describe('the chart of a project', () => {
  const all = Object.entries(stacks).map(([name, one]) => ({ ...one, name }));
  it.each([
    { title: 'four kinds of services', scanned: shop },
    { title: 'a service that keeps files', scanned: project(shop.services.slice(3)) },
    { title: 'a job alone', scanned: project(shop.services.slice(2, 3)) },
    { title: 'every stack', scanned: project(all) },
    ...flavours.map((flavour) => ({ title: flavour, scanned: shop, flavour })),
  ])('renders to the objects of the plain manifests: $title', async (given) => {
    const { scanned } = given;
    const flavour = 'flavour' in given ? given.flavour : defaultTarget.flavour;
    const around = { target: { ...defaultTarget, flavour }, texts: new Map() };
    const deployable = scanned.services.filter(isDeployable);
    const plain = deployable.flatMap((one) =>
      objects(generateArtifacts('kubernetes', scanned, one, around)[0]?.content ?? ''),
    );
    const chart = await rendered(generateArtifacts('helm', scanned, null, around));
    expect(Object.fromEntries(byName(chart))).toEqual(Object.fromEntries(byName(plain)));
  });

  it('has no error-level finding in any of its files, and the same bytes each time', async () => {
    const files = generateArtifacts('helm', shop, null);
    for (const file of files) {
      const found = await judge({ ...file, siblings: files, format: 'helm' });
      expect(
        found.filter(({ severity }) => severity !== 'info'),
        file.path,
      ).toEqual([]);
    }
    expect(generateArtifacts('helm', shop, null)).toEqual(files);
  });

  it('proposes nothing over what it wrote, and adds a new service to values that were edited', () => {
    const files = generateArtifacts('helm', shop, null);
    const edited = files.map(({ path, content }) => ({
      path,
      content: path.endsWith('values.yaml')
        ? content.replace('replicas: 1', 'replicas: 3 # ours')
        : content,
    }));
    const existing = [{ kind: 'helm', path: 'charts/shop/Chart.yaml' }];
    const texts = new Map(
      edited.map(({ path, content }) => [path, { content, isOurs: !path.endsWith('values.yaml') }]),
    );
    const around: Surroundings = { target: defaultTarget, texts };
    const again = generateArtifacts('helm', { ...shop, existing }, null, around);
    expect(again.map(({ content }) => content)).toEqual(edited.map(({ content }) => content));
    const more = {
      ...shop,
      existing,
      services: [...shop.services, service({ name: 'mailer', path: 'mailer', context: 'mailer' })],
    };
    const values = generateArtifacts('helm', more, null, around).find(({ path }) =>
      path.endsWith('values.yaml'),
    );
    expect(values?.content).toContain('replicas: 3 # ours');
    expect(objects(values?.content ?? '')[0]).toHaveProperty('services.mailer.port', 3000);
  });
});

describe("an author's chart", () => {
  const chart = {
    'deploy/chart/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
    'deploy/chart/values.yaml':
      '# ours\nimage: {repository: api}\r\nresources: {} # none yet\r\nport: 80\r\n',
    'deploy/chart/templates/api.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec:\n      containers:\n        - name: api\n          image: {{ .Values.image.repository }}\n          resources: {{ toYaml .Values.resources | nindent 12 }}\n',
  };
  const existing = Object.keys(chart).map((path) => ({
    kind: path.endsWith('Chart.yaml') ? 'helm' : 'chart-file',
    path,
  }));
  const scanned = project([service()], { existing });
  const settled = (files: Readonly<Record<string, string>>) => {
    const read = Object.entries(files).map(
      ([path, content]) => [path, { content, isOurs: false }] as const,
    );
    const around = { target: defaultTarget, texts: new Map(read) };
    const drafts = generateArtifacts('helm', scanned, null, around);
    return settleArtifacts('helm', scanned, drafts, around, new AbortController().signal);
  };

  it('is not replaced; what its templates render and it left empty is filled in, comments and line ends kept', async () => {
    for (const path of Object.keys(chart))
      expect(readPaths('helm', scanned, null, defaultTarget)).toContain(path);
    const [head, values, ...others] = await settled(chart);
    expect(others).toEqual([]);
    expect(head?.content).toBe(chart['deploy/chart/Chart.yaml']);
    expect(head?.notes?.map(({ rule }) => rule)).toContain('omega/left');
    expect(values?.content).toContain('resources: # none yet\n  requests:\n    cpu: 100m\n');
    expect(values?.content.startsWith('# ours\nimage: {repository: api}\r\n')).toBe(true);
    const again = await settled({ ...chart, [values?.path ?? '']: values?.content ?? '' });
    expect(again[1]?.content).toBe(values?.content);
  });

  it('in the place of ours sends ours elsewhere, also where all is to be replaced', () => {
    const taken = [{ kind: 'helm', path: 'charts/shop/Chart.yaml' }];
    const files = generateArtifacts('helm', project([service()], { existing: taken }), null, {
      target: { ...defaultTarget, existing: 'replace' },
      texts: new Map([
        [
          'charts/shop/Chart.yaml',
          { content: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n', isOurs: false },
        ],
      ]),
    });
    expect(files.every(({ path }) => path.startsWith('deploy/helm/shop/'))).toBe(true);
  });
});
