import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { improveKustomization } from '#main/generation/improve/kustomize/improve-kustomization.ts';
import { buildKustomization } from '#main/generation/validation/kustomization/build/build-kustomization.ts';
import { ProjectFiles } from '#main/generation/validation/kustomization/build/project-files.ts';

const deployment = (name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  replicas: 1\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      containers: [{name: main, image: shop/${name}}]\n`;
const strategic = (replicas: number): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: ${replicas}}\n`;
const others: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': 'resources: [api.yaml]\n',
  'base/api.yaml': deployment('api'),
  'prod/web.yaml': deployment('web'),
  'prod/two.yaml': strategic(2),
  'prod/three.yaml': strategic(3),
  'prod/spec.yaml': '- {op: replace, path: /spec/replicas, value: 4}\n',
  'prod/labels.yaml': '- {op: remove, path: /metadata/labels/team}\n',
  'prod/app.env': 'A=1\n',
};
const textOf = (name: string) => others[`prod/${name}`] ?? null;
const improve = (text: string) => improveKustomization(text, textOf);

function built(kustomization: string) {
  const files = { ...others, 'prod/kustomization.yaml': kustomization };
  const texts = Object.entries(files).map(([path, content]) => ({ path, content }));
  const { objects, problems } = buildKustomization(
    'prod/kustomization.yaml',
    new ProjectFiles(texts),
  );
  // The order of resources and bases is not that of the cluster.
  const sorted = objects.map(({ object }) => JSON.stringify(object)).sort();
  return { sorted, problems: problems.map(({ rule }) => rule) };
}

/** Fields of a kustomization, old and new, as people write them. */
const fields = [
  'resources:\n- web.yaml # ours\n',
  'bases: # from there\n  - ../base\n  # - ../more\n',
  'patchesStrategicMerge:\n- two.yaml # first\n- |-\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: web}\n  spec:\n    minReadySeconds: 5\n',
  'patches:\n# ours\n- path: three.yaml\n',
  'patchesJson6902:\n- target: {group: apps, version: v1, kind: Deployment, name: web}\n  path: spec.yaml\n',
  'commonLabels:\n    team: shop # all of us\n    # more: x\n',
  'namePrefix: "eu-"\n',
  'configMapGenerator:\n- name: app\n  env: app.env # one\n',
  'imageTags:\n- name: shop/web\n  newTag: "2"\n',
] as const;

it('builds the same as before, keeps every comment, and a second run finds nothing to do', () => {
  const gap = fc.constantFrom('', '\n', '# between\n', '\n# two\n# lines\n\n');
  let changed = 0;
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...fields], { minLength: 2 }),
      fc.array(gap, { minLength: fields.length, maxLength: fields.length }),
      fc.boolean(),
      (chosen, gaps, crlf) => {
        fc.pre(chosen.some((one) => /^(?:resources|bases)/.test(one)));
        const lf = chosen.map((one, at) => one + (gaps[at] ?? '')).join('');
        const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
        const { content } = improve(text);
        if (content !== text) changed += 1;
        expect(built(content)).toEqual(built(text));
        expect(improve(content).content).toBe(content);
        const comments = (of: string) => of.match(/# [\w ]+/g)?.sort() ?? [];
        expect(comments(content)).toEqual(comments(text));
        if (crlf) expect(content.replaceAll('\r\n', '')).not.toContain('\n');
      },
    ),
    { numRuns: 150 },
  );
  expect(changed).toBeGreaterThan(50);
});

// Patches were left where bases that move away stood between them, until the next run.
it('moves in one run what only another move makes possible', () => {
  const text =
    'resources: # ours\n- web.yaml\npatchesStrategicMerge:\n- two.yaml\nbases:\n- ../base\npatchesJson6902:\n- target: {group: apps, version: v1, kind: Deployment, name: web}\n  path: spec.yaml\n';
  const { content, done, left } = improve(text);
  expect(content).toBe(
    'resources: # ours\n- web.yaml\n- ../base\npatches:\n- path: two.yaml\n- target: {group: apps, version: v1, kind: Deployment, name: web}\n  path: spec.yaml\n',
  );
  expect(done.map(({ line }) => line)).toEqual([5, 3]);
  expect(left).toEqual([]);
  expect(improve(content)).toMatchObject({ content, done: [] });
});

it('leaves what would build something else, and says why', () => {
  const late = `commonLabels: {team: shop}\nresources: [web.yaml]\npatchesJson6902:\n- {target: {kind: Deployment, name: web}, path: labels.yaml}\n`;
  const { content, left } = improve(late);
  expect(content).toContain('labels:\n- includeSelectors: true\n  pairs: {team: shop}\n');
  expect(content).toContain('patchesJson6902:');
  expect(left).toEqual([{ line: 5, text: expect.stringContaining('after names') }]);
  const order =
    'resources: [web.yaml]\npatches:\n- path: three.yaml\npatchesStrategicMerge:\n- two.yaml\n';
  expect(improve(order)).toMatchObject({ content: order, done: [] });
  expect(
    improve(order)
      .left.map(({ text }) => text)
      .join(),
  ).toContain('another order');
  // Had it been joined as it stands, the other patch would win.
  const joined = order.replace('patchesStrategicMerge:\n- two', '- path: two');
  expect(isDeepStrictEqual(built(order), built(joined))).toBe(false);
  const vars =
    'resources: [web.yaml]\nvars:\n- {name: X, objref: {kind: Service, name: x, apiVersion: v1}}\n';
  expect(improve(vars)).toMatchObject({ content: vars, left: [{ line: 2 }] });
});
