import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Surroundings } from '#main/generation/blueprints/blueprint.ts';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from './fixtures.ts';

const ports = { fact: 'ports', value: '3000', file: 'src/server.ts', line: 3 };
const api = service({ evidence: [ports] });
const files = {
  Dockerfile: '# ours\nFROM node:latest\nCOPY . .\nRUN npm ci\nCMD node server.js\n',
  'compose.yaml':
    'services:\n  api:\n    build: .\n    ports: ["3000:3000"]\n    environment: {API_TOKEN: abcdefgh}\n',
  'deploy/api.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  selector:\n    matchLabels: {app: api}\n  template:\n    metadata:\n      labels: {app: api}\n    spec:\n      containers:\n        - name: api\n          image: acme/api:1\n          ports: [{containerPort: 3000}]\n',
};
const kinds: Readonly<Record<string, string>> = {
  Dockerfile: 'dockerfile',
  'compose.yaml': 'compose',
  '.env.example': 'env-example',
  '.dockerignore': 'dockerignore',
};

function projectWith(texts: Readonly<Record<string, string>>, of: Service = api): ScanResult {
  const existing = Object.keys(texts).map((path) => ({ kind: kinds[path] ?? 'kubernetes', path }));
  return project([of], { existing });
}

function run(
  kind: ArtifactKind,
  texts: Readonly<Record<string, string>>,
  isOurs = false,
  existing: 'improve' | 'replace' = 'improve',
) {
  const scan = projectWith(texts);
  const of = kind === 'compose' ? null : api;
  const target = { ...defaultTarget, existing };
  const read = readPaths(kind, scan, of, target).flatMap((path) =>
    texts[path] === undefined ? [] : [[path, { content: texts[path], isOurs }] as const],
  );
  const around: Surroundings = { target, texts: new Map(read) };
  return generateArtifacts(kind, scan, of, around);
}

describe('files that an author wrote', () => {
  it('are improved, and a second run over all of them finds nothing to do', () => {
    const all: Record<string, string> = { ...files };
    for (const kind of ['dockerfile', 'compose', 'kubernetes'] as const) {
      for (const { path, content } of run(kind, all)) all[path] = content;
    }
    expect(all.Dockerfile).toContain('# ours\nFROM node:22\n');
    expect(all.Dockerfile).toContain('USER 1000:1000');
    expect(parse(all['compose.yaml'] ?? '').services.api).toMatchObject({
      cap_drop: ['ALL'],
      environment: { API_TOKEN: expect.stringContaining(':?') },
    });
    expect(all['.env.example']).toContain('API_TOKEN=\n');
    expect(all['deploy/api.yaml']).toContain('runAsUser: 1000');
    expect(parse(all['deploy/api-network-policy.yaml'] ?? '').spec.ingress[0].ports).toEqual([
      { protocol: 'TCP', port: 3000 },
    ]);
    expect(all['.dockerignore']).toContain('**/node_modules');
    for (const kind of ['dockerfile', 'compose', 'kubernetes'] as const) {
      for (const { path, content } of run(kind, all)) expect(content, path).toBe(all[path]);
    }
  });

  it('are written anew with replace, and where they are ours', () => {
    for (const made of [
      run('dockerfile', files, true),
      run('dockerfile', files, false, 'replace'),
    ]) {
      expect(made[0]?.content).toMatch(/^# syntax=docker\/dockerfile:1\n/);
    }
    expect(run('kubernetes', files, false, 'replace')[0]?.path).toBe('k8s/api.yaml');
  });

  it('of manifests elsewhere are improved where they lie, and none is added for the service', () => {
    expect(run('kubernetes', files).map(({ path }) => path)).toEqual([
      'deploy/api.yaml',
      'deploy/api-network-policy.yaml',
    ]);
  });

  it('get no policy beside them where a kustomization would not apply it', () => {
    const content = files['deploy/api.yaml'];
    const scan = projectWith({ 'deploy/api.yaml': content });
    const listed = { kind: 'kustomize', path: 'deploy/kustomization.yaml' };
    scan.existing.push(listed);
    const texts = new Map([['deploy/api.yaml', { content, isOurs: false }]]);
    const made = generateArtifacts('kubernetes', scan, api, { target: defaultTarget, texts });
    expect(made.map(({ path }) => path)).toEqual(['deploy/api.yaml']);
  });

  it('of nobody’s services leave ours as they were', () => {
    const other = { 'deploy/db.yaml': files['deploy/api.yaml'].replaceAll('api', 'db') };
    expect(run('kubernetes', other).map(({ path }) => path)).toEqual(['k8s/api.yaml']);
  });

  it('keep an ignore file of theirs; ours stands beside the Dockerfile', () => {
    const made = run('dockerfile', { '.dockerignore': '*\n!dist\n' });
    expect(made.map(({ path }) => path)).toEqual(['Dockerfile', 'Dockerfile.dockerignore']);
  });

  it('lie where the scan saw them', () => {
    const named = service({
      evidence: [{ fact: 'dockerfile', value: 'docker/Dockerfile', file: 'compose.yaml', line: 3 }],
    });
    const dev = service({
      evidence: [{ fact: 'dockerfile', value: 'Dockerfile.dev', file: 'compose.yaml', line: 3 }],
    });
    const path = (of: Service, file: string) =>
      generateArtifacts(
        'dockerfile',
        project([of], { existing: [{ kind: 'dockerfile', path: file }] }),
        of,
      )[0]?.path;
    expect(path(named, 'docker/Dockerfile')).toBe('docker/Dockerfile');
    expect(path(dev, 'Dockerfile.dev')).toBe('Dockerfile');
  });
});
