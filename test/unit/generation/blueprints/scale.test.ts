import { describe, expect, it } from 'vitest';
import type { Surroundings } from '#main/generation/blueprints/blueprint.ts';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import { planArtifacts } from '#main/generation/blueprints/plan.ts';
import { improveCompose } from '#main/generation/improve/compose/improve-compose.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import { defaultTarget } from '#shared/target.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { project, service } from './fixtures.ts';

const names = (count: number) => Array.from({ length: count }, (_, at) => `svc-${at}`);

function manifest(name: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    matchLabels: {app: ${name}}\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n      containers:\n        - name: ${name}\n          image: acme/${name}:1\n          ports: [{containerPort: 3000}]\n`;
}

/** So many services, each with a Dockerfile and a manifest of its author's. */
function authored(count: number): { readonly scan: ScanResult; readonly around: Surroundings } {
  const services = names(count).map((name) =>
    service({ name, path: `services/${name}`, context: `services/${name}` }),
  );
  const files = names(count).flatMap((name) => [
    ['kubernetes', `deploy/${name}.yaml`, manifest(name)] as const,
    ['dockerfile', `services/${name}/Dockerfile`, 'FROM node:22\nCMD ["node", "a.js"]\n'] as const,
  ]);
  const scan = project(services, { existing: files.map(([kind, path]) => ({ kind, path })) });
  const texts = new Map(files.map(([, path, content]) => [path, { content, isOurs: false }]));
  return { scan, around: { target: defaultTarget, texts } };
}

function write(kind: ArtifactKind, { scan, around }: ReturnType<typeof authored>) {
  return planArtifacts(scan, [kind]).flatMap((one) => {
    readPaths(kind, scan, one.service, defaultTarget);
    return generateArtifacts(kind, scan, one.service, around);
  });
}

function cost(kind: ArtifactKind, count: number): number {
  const once = () => {
    const of = authored(count);
    const before = cpuMs();
    write(kind, of);
    return cpuMs() - before;
  };
  return once();
}

describe('a project of hundreds of services', () => {
  // Who owns a manifest was looked for among all services, for all manifests, in each service's job.
  it.each(['kubernetes', 'report'] as const)('costs %s twice as much for twice as many', (kind) => {
    cost(kind, 20);
    const [few, many] = [cost(kind, 40), cost(kind, 120)];
    expect(many).toBeLessThan(3 * few * 1.8 + 20);
  });

  // What came after the first 150 manifests, 50 services or 200 texts was written anew beside the author's.
  it('has each of its manifests improved', () => {
    const of = authored(210);
    const [first] = of.scan.services;
    const read = readPaths('kubernetes', of.scan, first ?? null, defaultTarget);
    expect(new Set(read)).toEqual(new Set(of.around.texts.keys()));
    const made = write('kubernetes', of).map(({ path }) => path);
    expect(made.filter((path) => path.startsWith('k8s/'))).toEqual([]);
    expect(made).toContain('deploy/svc-209.yaml');
  });

  // Every service but the first of such a file was given a second Deployment of the same name.
  it('has one manifest of all its services improved once', () => {
    const { scan } = authored(3);
    const path = 'deploy/all.yaml';
    const existing = [{ kind: 'kubernetes', path }];
    const content = names(3).map(manifest).join('---\n');
    const texts = new Map([[path, { content, isOurs: false }]]);
    const of = { scan: { ...scan, existing }, around: { target: defaultTarget, texts } };
    expect(write('kubernetes', of).map((file) => file.path)).toEqual([
      path,
      'deploy/all-network-policy.yaml',
    ]);
  });

  it('has each service of its Compose file improved', () => {
    const entries = names(300).map(
      (name) => `  ${name}:\n    build: . # kept\n    ports: ["80"]\n`,
    );
    const { content } = improveCompose(`services:\n${entries.join('')}`, () => null);
    expect(content.match(/# kept/g)).toHaveLength(300);
    expect(content.match(/restart: unless-stopped/g)).toHaveLength(300);
  });

  it('is told where a file is too long to be improved', () => {
    const text = `services:\n  a:\n    image: a:1\n    command: ${'x'.repeat(200_000)}\n`;
    const { content, left } = improveCompose(text, () => null);
    expect(content).toBe(text);
    expect(left).toEqual([{ line: 1, text: expect.stringContaining('Split it') }]);
  });
});
