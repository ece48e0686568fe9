import { describe, expect, it } from 'vitest';
import { json, scanFiles } from './support/scan.ts';

const web = json({
  name: '@acme/web',
  dependencies: { next: '15', '@acme/db': '*' },
  scripts: { build: 'next build', start: 'next start' },
});
const db = json({
  name: '@acme/db',
  main: 'dist/index.js',
  dependencies: { pg: '8', '@acme/log': '*' },
  scripts: { build: 'tsc' },
});
const log = json({ name: '@acme/log', main: 'index.js' });
const members = {
  'apps/web/package.json': web,
  'packages/db/package.json': db,
  'packages/db/src/index.ts': 'connect(process.env.DB_URL);',
  'packages/log/package.json': log,
};
const root = (more: object = {}) =>
  json({ name: 'acme', private: true, workspaces: ['apps/*', 'packages/*'], ...more });

async function webOf(files: Record<string, string>) {
  const { services } = await scanFiles({ ...members, ...files });
  expect(services.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'apps/web web',
    'packages/db library',
    'packages/log library',
  ]);
  return services[0];
}

describe('JavaScript workspaces', () => {
  it('installs at the root and builds what the service needs first (npm)', async () => {
    expect(await webOf({ 'package.json': root(), 'package-lock.json': '{}' })).toMatchObject({
      context: '.',
      lockfile: 'package-lock.json',
      packageManager: 'npm',
      install: 'npm ci',
      build: 'npm --prefix ../../packages/db run build && npm run build',
      start: 'npm run start',
      backingServices: ['postgres'],
      env: [{ name: 'DB_URL', required: true, file: 'packages/db/src/index.ts', line: 1 }],
    });
  });

  it.each([
    [
      'pnpm',
      {
        'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - "packages/**"\n',
        'pnpm-lock.yaml': '',
        'package.json': json({ name: 'acme' }),
      },
      'pnpm install --frozen-lockfile',
      'pnpm --filter "@acme/web..." run build',
    ],
    [
      'yarn',
      {
        'yarn.lock': '# yarn lockfile v1',
        'package.json': root({ workspaces: { packages: ['apps/*', 'packages/*'] } }),
      },
      'yarn install --frozen-lockfile',
      'yarn --cwd ../../packages/db run build && yarn run build',
    ],
    [
      'yarn',
      { 'yarn.lock': '__metadata:\n  version: 8', 'package.json': root() },
      'yarn install --immutable',
      'yarn workspace @acme/db run build && yarn run build',
    ],
    [
      'bun',
      { 'bun.lock': '{}', 'package.json': root() },
      'bun install --frozen-lockfile',
      'bun run --cwd ../../packages/db build && bun run build',
    ],
    [
      'pnpm',
      {
        'pnpm-workspace.yaml': 'packages: ["apps/*", "packages/*"]',
        'package.json': root({ packageManager: 'pnpm@10.1.0' }),
        'pnpm-lock.yaml': '',
        'turbo.json': json({ tasks: { build: { dependsOn: ['^build'] } } }),
      },
      'pnpm install --frozen-lockfile',
      'pnpm exec turbo run build --filter=@acme/web',
    ],
    [
      'npm',
      {
        'package.json': root(),
        'package-lock.json': '{}',
        'nx.json': json({ targetDefaults: { build: { dependsOn: ['^build'] } } }),
      },
      'npm ci',
      'npx nx run @acme/web:build',
    ],
    [
      'npm',
      {
        'package.json': root({ workspaces: undefined }),
        'package-lock.json': '{}',
        'lerna.json': json({ packages: ['apps/*', 'packages/*'] }),
      },
      'npm ci && npx lerna bootstrap',
      'npm --prefix ../../packages/db run build && npm run build',
    ],
    [
      'pnpm',
      {
        'rush.json':
          '{\n /* c */ "projects": [{"packageName":"@acme/web","projectFolder":"apps/web"},{"packageName":"@acme/db","projectFolder":"packages/db"}] }',
      },
      'node common/scripts/install-run-rush.js install',
      'node ../../common/scripts/install-run-rush.js build --to @acme/web',
    ],
  ])('%s by %j', async (packageManager, files, install, build) => {
    expect(await webOf(files as Record<string, string>)).toMatchObject({
      packageManager,
      context: '.',
      install,
      build,
    });
  });

  it('keeps a package outside the patterns on its own', async () => {
    const { services } = await scanFiles({
      'package.json': root({ workspaces: ['apps/*', '!apps/old'] }),
      'package-lock.json': '{}',
      'apps/web/package.json': json({
        name: 'web',
        dependencies: { next: '15' },
        scripts: { build: 'next build', start: 'next start' },
      }),
      'apps/old/package.json': json({
        name: 'old',
        dependencies: { next: '9' },
        scripts: { build: 'next build', start: 'next start' },
      }),
      'apps/old/yarn.lock': '# yarn lockfile v1',
    });
    expect(
      services.map(({ name, context, packageManager }) => [name, context, packageManager]),
    ).toEqual([
      ['old', 'apps/old', 'yarn'],
      ['web', '.', 'npm'],
    ]);
  });

  it('installs members one by one where only they have lockfiles', async () => {
    const { services } = await scanFiles({
      'package.json': root(),
      'apps/web/package.json': json({
        name: 'web',
        dependencies: { express: '5' },
        scripts: { start: 'node i.js' },
      }),
      'apps/web/package-lock.json': '{}',
    });
    expect(services[0]).toMatchObject({
      context: 'apps/web',
      install: 'npm ci',
      lockfile: 'apps/web/package-lock.json',
    });
  });

  it('finds every service of folders without a common root', async () => {
    const { services } = await scanFiles({
      'a/package.json': json({
        name: 'svc',
        dependencies: { express: '5' },
        scripts: { start: 'node i.js' },
      }),
      'b/package.json': json({
        name: 'svc',
        dependencies: { fastify: '5' },
        scripts: { start: 'node i.js' },
      }),
    });
    expect(services.map(({ name, context }) => [name, context])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });

  it('counts a workspace root that is an application itself', async () => {
    const { services } = await scanFiles({
      'package.json': root({
        dependencies: { express: '5' },
        scripts: { start: 'node server.js' },
      }),
      'packages/log/package.json': log,
    });
    expect(services.map(({ path, kind }) => [path, kind])).toEqual([
      ['.', 'web'],
      ['packages/log', 'library'],
    ]);
  });

  it('sets examples and fixtures aside, and lists them', async () => {
    const app = json({
      name: 'x',
      dependencies: { express: '5' },
      scripts: { start: 'node i.js' },
    });
    const { services, ignored } = await scanFiles({
      'api/package.json': app,
      'examples/one/package.json': app,
      'api/test/fixtures/f/package.json': app,
    });
    expect(services.map(({ path }) => path)).toEqual(['api']);
    expect(ignored.map(({ path }) => path)).toEqual(['api/test/fixtures/f', 'examples/one']);
    const only = await scanFiles({ 'examples/one/package.json': app });
    expect(only.services.map(({ path }) => path)).toEqual(['examples/one']);
  });

  it('drafts the applications of an Nx workspace from their projects', async () => {
    const { services } = await scanFiles({
      'package.json': json({
        name: 'org',
        dependencies: { '@nestjs/core': '11', pg: '8' },
        devDependencies: { nx: '21' },
      }),
      'package-lock.json': '{}',
      'nx.json': '{}',
      'apps/api/project.json': json({
        name: 'api',
        projectType: 'application',
        targets: {
          build: { executor: '@nx/webpack:webpack', options: { outputPath: 'dist/apps/api' } },
        },
      }),
      'apps/api/src/main.ts': 'await app.listen(process.env.PORT || 3333);',
      'apps/api-e2e/project.json': json({ name: 'api-e2e', projectType: 'application' }),
      'libs/ui/project.json': json({ name: 'ui', projectType: 'library' }),
    });
    const api = services.find(({ path }) => path === 'apps/api');
    expect(api).toMatchObject({
      name: 'api',
      context: '.',
      framework: 'nest',
      kind: 'web',
      build: 'npx nx build api',
      start: 'node ../../dist/apps/api/main.js',
      ports: [3333],
      backingServices: ['postgres'],
    });
    expect(services.filter(({ kind }) => kind === 'web')).toHaveLength(1);
  });
});
