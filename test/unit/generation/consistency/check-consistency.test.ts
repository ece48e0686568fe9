import { describe, expect, it } from 'vitest';
import { generateArtifacts, planArtifacts } from '#main/generation/blueprints/generate.ts';
import { namesOf } from '#main/generation/blueprints/names.ts';
import { checkConsistency } from '#main/generation/consistency/check-consistency.ts';
import type { ComparedFile } from '#main/generation/consistency/claim.ts';
import { artifactKinds } from '#shared/artifact.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from '../blueprints/fixtures.ts';

const kinds = artifactKinds.filter((kind) => kind !== 'telemetry');

const dockerfile = (port: number): ComparedFile => ({
  path: 'web/Dockerfile',
  content: `FROM node:22-slim\nEXPOSE ${port}\nUSER node\n`,
  service: 'web',
});
const compose = (text: string): ComparedFile => ({
  path: 'compose.yaml',
  content: `services:\n  web:\n    build: ./web\n${text}`,
  service: null,
});
const deployment = (container: string): ComparedFile => ({
  path: 'k8s/web.yaml',
  service: 'web',
  content: `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      containers:\n        - name: web\n${container}`,
});
const rules = async (...files: ComparedFile[]) =>
  (await checkConsistency(files)).findings.map(({ path, finding }) => `${path} ${finding.rule}`);

describe('checkConsistency', () => {
  it('tells a port that one file moved and another did not', async () => {
    const published = compose('    ports: ["127.0.0.1:80:3000", "9000:9000"]\n');
    expect(await rules(dockerfile(3000), published)).toEqual([]);
    expect(await rules(dockerfile(8080), published)).toEqual(['compose.yaml omega/port-differs']);
    const variable = compose(`    ports: ["\${PORT:-8080}:3000"]\n`);
    expect(await rules(dockerfile(3000), variable)).toEqual([]);
  });

  it('lets a file be that tells the program its port by itself', async () => {
    const told = compose('    ports: ["80:4000"]\n    environment: { PORT: "4000" }\n');
    expect(await rules(dockerfile(80), told)).toEqual([]);
  });

  it('tells images that differ in name or tag, and lets the registry be', async () => {
    const built = compose('    image: shop/web:1.0.0\n');
    const image = (name: string) => deployment(`          image: ${name}\n`);
    expect(await rules(built, image('registry.example.com/shop/web:1.0.0'))).toEqual([]);
    expect(await rules(built, image('shop/web:1.0.1'))).toEqual([
      'k8s/web.yaml omega/image-differs',
    ]);
  });

  it('tells variables that only one file gives', async () => {
    const given = compose('    environment: { A: "1", B: "2" }\n');
    const env = (...names: string[]) =>
      deployment(
        `          env: [${names.map((name) => `{ name: ${name}, value: x }`).join(', ')}]\n`,
      );
    expect(await rules(given, env('A', 'B'))).toEqual([]);
    expect(await rules(given, env('A', 'C'))).toEqual(['k8s/web.yaml omega/variables-differ']);
  });

  it('tells a Service that finds no pod of another file, and says the line', async () => {
    const selecting = (label: string): ComparedFile => ({
      path: 'k8s/service.yaml',
      service: null,
      content: `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: ${label} }\n  ports: [{ port: 80 }]\n`,
    });
    const pods = deployment('          image: a:1\n');
    expect(await rules(pods, selecting('web'))).toEqual([]);
    const { findings } = await checkConsistency([pods, selecting('wbe')]);
    expect(findings).toMatchObject([
      { path: 'k8s/service.yaml', finding: { rule: 'omega/selects-nothing', line: 5 } },
    ]);
  });

  it('passes over what cannot be read; its validator tells that', async () => {
    expect(await rules({ ...deployment(''), content: 'kind: [' }, compose('   - : ['))).toEqual([]);
  });

  it.each([
    ['containers', 'gateway'],
    ['kubernetes', 'sidecar'],
  ] as const)('finds that the blueprints agree, for %s and a %s', async (compute, collector) => {
    const of = project([
      service({ name: 'web', path: 'web', context: 'web', ports: [3000] }),
      service({ name: 'worker', path: 'worker', context: 'worker', kind: 'worker', ports: [] }),
    ]);
    const target = { ...defaultTarget, compute, collector };
    const planned = planArtifacts(of, kinds);
    const files = planned.flatMap(({ kind, service: one }) =>
      generateArtifacts(kind, of, one, { target, texts: new Map() }).map((artifact) => ({
        ...artifact,
        service: one ? namesOf(of, one).label : null,
      })),
    );
    const { compared, findings } = await checkConsistency(files);
    expect(compared).toBeGreaterThan(60);
    expect(findings).toEqual([]);
  });
});
