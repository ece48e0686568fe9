import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import type { Ignored } from '#shared/scan.ts';
import { makeProject } from '../scan/support/tree.ts';
import { project, service } from './fixtures.ts';

describe('paths that are links in the project', () => {
  it.skipIf(process.platform === 'win32')('get a free name beside them', async () => {
    const root = await makeProject({
      'package.json': '{"name":"shop","scripts":{"start":"node server.js"}}',
      'server.js': "require('node:http').createServer().listen(3000)\n",
      'images/one.txt': 'FROM node:22\n',
    });
    await symlink('images/one.txt', join(root, 'Dockerfile'));
    const scan = await scanProject(root, { signal: new AbortController().signal });
    expect(scan.existing).toContainEqual({ kind: 'dockerfile', path: 'Dockerfile' });
    const [only] = scan.services;
    if (!only) throw new Error('the scan found no service');
    expect(generateArtifacts('dockerfile', scan, only).map(({ path }) => path)).toEqual([
      'Dockerfile.omega',
      'Dockerfile.omega.dockerignore',
    ]);
    const [compose] = generateArtifacts('compose', scan, null);
    expect(compose?.content).toContain('dockerfile: Dockerfile.omega');
  });

  it.skipIf(process.platform === 'win32')('lead to the file that the author keeps', async () => {
    const root = await makeProject({
      'package.json': '{"name":"shop","scripts":{"start":"node server.js"}}',
      'server.js': "require('node:http').createServer().listen(3000)\n",
      'docker/Dockerfile.debian': 'FROM node:22\n',
    });
    await symlink('docker/Dockerfile.debian', join(root, 'Dockerfile'));
    const scan = await scanProject(root, { signal: new AbortController().signal });
    const [only] = scan.services;
    if (!only) throw new Error('the scan found no service');
    expect(generateArtifacts('dockerfile', scan, only).map(({ path }) => path)).toEqual([
      'docker/Dockerfile.debian',
      'docker/Dockerfile.debian.dockerignore',
    ]);
    const [compose] = generateArtifacts('compose', scan, null);
    expect(compose?.content).toContain('dockerfile: docker/Dockerfile.debian');
  });

  it('move Compose, manifests and ignore files too, commands in step', () => {
    const only = service();
    // The wording of a reason is for people; it must not decide where a file is written.
    const reason = 'cannot be followed';
    const ignored: Ignored[] = [
      { path: 'compose.yaml', kind: 'broken-link', reason },
      { path: 'k8s', kind: 'outside-link', reason },
      { path: '.dockerignore', kind: 'special', reason },
      { path: 'Dockerfile', kind: 'gitignored', reason: 'a link to what git ignores' },
    ];
    const all = project([only], { ignored });
    const paths = [
      ...generateArtifacts('dockerfile', all, only),
      ...generateArtifacts('compose', all, null),
      ...generateArtifacts('kubernetes', all, only),
    ].map(({ path }) => path);
    expect(paths).toEqual([
      'Dockerfile',
      'Dockerfile.dockerignore',
      'compose.omega.yaml',
      'k8s-omega/api.yaml',
    ]);
    const [compose] = generateArtifacts('compose', all, null);
    expect(compose?.content).toContain('docker compose -f compose.omega.yaml up');
  });
});

// Catches: `k8s/` beside an author's `K8s/`, which is one folder on some machines and two on others.
it('a folder at the top keeps the spelling that its author gave it', () => {
  const api = service();
  const path = (...existing: string[]) =>
    generateArtifacts(
      'kubernetes',
      project([api], { existing: existing.map((one) => ({ kind: 'helm', path: one })) }),
      api,
    )[0]?.path;
  expect(path('K8s/helm/Chart.yaml')).toBe('K8s/api.yaml');
  expect(path('K8s/helm/Chart.yaml', 'k8s/a.yaml')).toBe('k8s/api.yaml');
  expect(path('docs/K8s/a.yaml')).toBe('k8s/api.yaml');
});
