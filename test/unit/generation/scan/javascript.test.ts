import { describe, expect, it } from 'vitest';
import { facts, json, onlyService, scanFiles } from './support/scan.ts';

const lock = { 'package-lock.json': '{}' };

describe('JavaScript services', () => {
  it('reads an Express API whole, with the place of every fact', async () => {
    const service = await onlyService({
      ...lock,
      '.nvmrc': '20.11.1\n',
      'package.json': json({
        name: '@acme/api',
        private: true,
        scripts: { start: 'node server.js', dev: 'nodemon server.js' },
        dependencies: { express: '^5', pg: '^8' },
      }),
      'server.js': [
        "const app = require('express')();",
        "app.get('/healthz', (q, r) => r.send('ok'));",
        'const url = process.env.DATABASE_URL;',
        "const level = process.env.LOG_LEVEL ?? 'info';",
        'app.listen(process.env.PORT || 3100);',
      ].join('\n'),
    });
    expect(facts(service)).toEqual({
      name: 'api',
      path: '.',
      context: '.',
      language: 'javascript',
      runtimeVersion: '20',
      framework: 'express',
      packageManager: 'npm',
      kind: 'web',
      install: 'npm ci',
      build: null,
      start: 'npm run start',
      ports: [3100],
      backingServices: ['postgres'],
      env: [
        { name: 'DATABASE_URL', required: true, file: 'server.js', line: 3 },
        { name: 'LOG_LEVEL', required: false, file: 'server.js', line: 4 },
        { name: 'PORT', required: false, file: 'server.js', line: 5 },
      ],
      lockfile: 'package-lock.json',
      output: null,
      healthPath: '/healthz',
      systemPackages: [],
    });
    expect(service.evidence).toContainEqual({
      fact: 'ports',
      value: '3100',
      file: 'server.js',
      line: 5,
    });
    expect(service.evidence).toContainEqual({
      fact: 'start',
      value: 'npm run start',
      file: 'package.json',
      line: 5,
    });
    expect(service.evidence).toContainEqual({
      fact: 'backingServices',
      value: 'postgres',
      file: 'package.json',
      line: 10,
    });
    expect(service.unknowns).toEqual([]);
  });

  it.each([
    [
      'next',
      { next: '15' },
      { build: 'next build', start: 'next start' },
      { kind: 'web', start: 'npm run start', ports: [3000] },
    ],
    [
      'next',
      { next: '15' },
      { build: 'next build', start: 'next dev' },
      { kind: 'web', start: 'npx next start' },
    ],
    [
      'next',
      { next: '15' },
      { build: 'next build', start: 'next start -p 4100' },
      { ports: [4100] },
    ],
    [
      'nuxt',
      { nuxt: '4' },
      { build: 'nuxt build', preview: 'nuxt preview' },
      { kind: 'web', start: 'node .output/server/index.mjs', ports: [3000] },
    ],
    [
      'nuxt',
      { nuxt: '4' },
      { build: 'nuxt generate' },
      { kind: 'static', start: null, output: '.output/public' },
    ],
    [
      'remix',
      { '@remix-run/dev': '2', '@remix-run/serve': '2' },
      { build: 'remix build', start: 'remix-serve build/index.js' },
      { kind: 'web', start: 'npm run start' },
    ],
    [
      'react-router',
      { '@react-router/dev': '7', '@react-router/serve': '7' },
      { build: 'react-router build' },
      { kind: 'web', start: 'npx react-router-serve ./build/server/index.js' },
    ],
    [
      'create-react-app',
      { 'react-scripts': '5' },
      { build: 'react-scripts build', start: 'react-scripts start' },
      { kind: 'static', start: null, output: 'build' },
    ],
    [
      'vue-cli',
      { '@vue/cli-service': '5' },
      { build: 'vue-cli-service build', serve: 'vue-cli-service serve' },
      { kind: 'static', start: null, output: 'dist' },
    ],
    [
      'gatsby',
      { gatsby: '5' },
      { build: 'gatsby build', start: 'gatsby develop' },
      { kind: 'static', output: 'public' },
    ],
    [
      'eleventy',
      { '@11ty/eleventy': '3' },
      { build: 'eleventy', start: 'eleventy --serve' },
      { kind: 'static', output: '_site' },
    ],
    [
      'docusaurus',
      { '@docusaurus/core': '3' },
      { build: 'docusaurus build', start: 'docusaurus start' },
      { kind: 'static', output: 'build' },
    ],
    [
      'nest',
      { '@nestjs/core': '11' },
      { build: 'nest build', start: 'nest start', 'start:prod': 'node dist/main' },
      { kind: 'web', start: 'npm run start:prod' },
    ],
    [
      'nest',
      { '@nestjs/core': '11' },
      { build: 'nest build', start: 'nest start' },
      { kind: 'web', start: 'node dist/main' },
    ],
    [
      'strapi',
      { '@strapi/strapi': '5' },
      { build: 'strapi build', start: 'strapi start' },
      { kind: 'web', start: 'npm run start', ports: [1337] },
    ],
  ] as const)('knows %s by %j and %j', async (framework, dependencies, scripts, expected) => {
    const service = await onlyService({
      ...lock,
      'package.json': json({ name: 'a', dependencies, scripts }),
    });
    expect(service.framework).toBe(framework);
    expect(service).toMatchObject(expected);
  });

  it.each([
    ['adapter-node', { kind: 'web', start: 'node build', ports: [3000] }],
    ['adapter-static', { kind: 'static', start: null, output: 'build' }],
    ['adapter-vercel', { kind: 'web', start: null }],
  ])('lets the SvelteKit %s decide', async (adapter, expected) => {
    const service = await onlyService({
      ...lock,
      'svelte.config.js': `import adapter from '@sveltejs/${adapter}';`,
      'package.json': json({
        name: 'a',
        devDependencies: { '@sveltejs/kit': '2', [`@sveltejs/${adapter}`]: '5', vite: '7' },
        scripts: { build: 'vite build', preview: 'vite preview' },
      }),
    });
    expect(service).toMatchObject({ framework: 'sveltekit', ...expected });
    expect(service.unknowns.some(({ fact }) => fact === 'start')).toBe(
      adapter === 'adapter-vercel',
    );
  });

  it.each([
    [
      'export default { adapter: node({ mode: "standalone" }) };',
      { kind: 'web', start: 'node ./dist/server/entry.mjs', ports: [4321] },
    ],
    ['export default {};', { kind: 'static', output: 'dist', start: null }],
  ])('tells an Astro server from an Astro site: %s', async (config, expected) => {
    const service = await onlyService({
      ...lock,
      'astro.config.mjs': config,
      'package.json': json({
        name: 'a',
        dependencies: { astro: '5', '@astrojs/node': '9' },
        scripts: { build: 'astro build', start: 'astro dev' },
      }),
    });
    expect(service).toMatchObject({ framework: 'astro', ...expected });
  });

  it('reads where Angular and Vite put their files', async () => {
    const angular = await onlyService({
      ...lock,
      'angular.json': json({
        projects: {
          shop: {
            projectType: 'application',
            architect: { build: { builder: '@angular/build:application', options: {} } },
          },
        },
      }),
      'package.json': json({
        name: 'shop',
        dependencies: { '@angular/core': '20' },
        scripts: { build: 'ng build', start: 'ng serve' },
      }),
    });
    expect(angular).toMatchObject({
      framework: 'angular',
      kind: 'static',
      output: 'dist/shop/browser',
      start: null,
    });
    const vite = await onlyService({
      ...lock,
      'index.html': '<html></html>',
      'vite.config.ts': "export default { build: { outDir: 'public_html' } };",
      'package.json': json({
        name: 'spa',
        devDependencies: { vite: '7' },
        scripts: { build: 'vite build', start: 'vite' },
      }),
    });
    expect(vite).toMatchObject({ framework: 'vite', kind: 'static', output: 'public_html' });
  });

  it('starts what the compiler made where the start script compiles on the fly', async () => {
    const service = await onlyService({
      ...lock,
      'tsconfig.json': '{ // comment\n "compilerOptions": { "outDir": "./build", }, }',
      'src/index.ts': "import express from 'express';\nexpress().listen(5000);",
      'package.json': json({
        name: 'a',
        private: true,
        scripts: { start: 'ts-node src/index.ts', build: 'tsc' },
        dependencies: { express: '5' },
        devDependencies: { 'ts-node': '10', typescript: '5' },
      }),
    });
    expect(service).toMatchObject({
      language: 'typescript',
      start: 'node build/index.js',
      ports: [5000],
    });
  });

  it('says so where production cannot run the only start there is', async () => {
    const service = await onlyService({
      ...lock,
      'index.ts': 'serve.listen(5000);',
      'package.json': json({
        name: 'a',
        private: true,
        scripts: { start: 'tsx index.ts' },
        devDependencies: { tsx: '4' },
      }),
    });
    expect(service.start).toBe('npm run start');
    expect(service.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('tsx'),
    });
  });

  it('keeps a site a site when its developers have a server beside it', async () => {
    const site = {
      name: 'a',
      devDependencies: { 'react-scripts': '5' },
      scripts: { build: 'react-scripts build', start: 'react-scripts start' },
    };
    const files = { ...lock, 'mock/server.js': 'app.listen(4000);' };
    expect(await onlyService({ ...files, 'package.json': json(site) })).toMatchObject({
      kind: 'static',
      output: 'build',
      ports: [],
    });
    const full = { ...site, dependencies: { express: '5' } };
    expect(
      await onlyService({ ...lock, 'server.js': 'app.listen(4000);', 'package.json': json(full) }),
    ).toMatchObject({ kind: 'web', framework: 'express', start: 'node server.js', ports: [4000] });
  });

  it('says what a Cloudflare worker lacks', async () => {
    const service = await onlyService({
      ...lock,
      'package.json': json({
        name: 'a',
        dependencies: { hono: '4' },
        devDependencies: { wrangler: '4' },
        scripts: { dev: 'wrangler dev' },
      }),
    });
    expect(service).toMatchObject({ kind: 'web', start: null });
    expect(service.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('Cloudflare'),
    });
  });

  it('drops a wrapper and a build step from the start', async () => {
    const service = await onlyService({
      ...lock,
      'dist/server.js': '',
      'package.json': json({
        name: 'a',
        scripts: {
          build: 'tsc',
          start: 'npm run build && cross-env NODE_ENV=production node dist/server.js',
        },
        dependencies: { koa: '3' },
        devDependencies: { 'cross-env': '7', typescript: '5' },
      }),
    });
    expect(service.start).toBe('node dist/server.js');
  });

  it('starts what a chain of wrappers starts', async () => {
    const service = await onlyService({
      ...lock,
      'package.json': json({
        name: 'a',
        scripts: {
          start: 'npm run with:env -- cross-env NODE_ENV=production node build/main.js',
          'with:env': 'dotenv -e ../../.env -e .env.local --',
        },
        dependencies: { hono: '4' },
        devDependencies: { 'cross-env': '7' },
      }),
    });
    expect(service.start).toBe('node build/main.js');
  });

  it('does not loop over scripts that call each other', async () => {
    const scripts = {
      start: 'npm run a && npm run b',
      a: 'npm run b && npm run b',
      b: 'npm run a && npm run start',
    };
    const service = await onlyService({
      ...lock,
      'package.json': json({ name: 'a', scripts, dependencies: { koa: '3' } }),
    });
    expect(service.start).toBe('npm run start');
  });

  it('tells workers, commands and libraries apart', async () => {
    const worker = await onlyService({
      ...lock,
      'worker.js': "const { Worker } = require('bullmq');\nnew Worker('mail', job);",
      'package.json': json({
        name: 'a',
        private: true,
        dependencies: { bullmq: '5' },
        scripts: { start: 'node worker.js' },
      }),
    });
    expect(worker).toMatchObject({
      kind: 'worker',
      framework: 'bullmq',
      start: 'npm run start',
      backingServices: ['redis'],
      ports: [],
    });
    const cli = await onlyService({
      ...lock,
      'package.json': json({ name: 'tool', bin: { tool: 'bin/tool.js' } }),
    });
    expect(cli).toMatchObject({ kind: 'cli', start: 'node bin/tool.js' });
    const library = await onlyService({
      ...lock,
      'package.json': json({
        name: 'lib',
        exports: './dist/index.js',
        devDependencies: { express: '5', vite: '7' },
        scripts: { build: 'vite build' },
      }),
    });
    expect(library).toMatchObject({ kind: 'library', start: null });
  });

  it('reads variables in every way that sources ask for them', async () => {
    const { env } = await onlyService({
      ...lock,
      'package.json': json({
        name: 'a',
        scripts: { start: 'node a.js' },
        dependencies: { express: '5' },
      }),
      'a.ts': [
        'const { A1, A2 = 3, A3: renamed } = process.env;',
        "const b = process.env['B1'];",
        'if (process.env.NODE_ENV === "production") start();',
        'const c = Number(process.env.C1) || 3;',
        'const d = config.get<string>("D1"); const e = configService.get("D2", 1);',
      ].join('\n'),
      'env.ts':
        'export const env = z.object({\n  E1: z.string(),\n  E2: z\n    .string()\n    .optional(),\n  E3: z.coerce.number().default(1),\n  E4: z.string()\n}).parse(process.env);',
      'web.tsx': 'const f = import.meta.env.VITE_F1 ?? "x";',
      'a.test.ts': 'process.env.ONLY_TEST;',
    });
    const required = Object.fromEntries(env.map(({ name, required }) => [name, required]));
    expect(required).toEqual({
      A1: false,
      A2: false,
      A3: false,
      B1: false,
      C1: false,
      D1: false,
      D2: false,
      E1: true,
      E2: false,
      E3: false,
      E4: true,
      VITE_F1: false,
    });
  });

  it('knows Deno', async () => {
    const service = await onlyService({
      'deno.jsonc':
        '{\n  // tasks\n  "tasks": { "start": "deno run -A main.ts" },\n  "imports": { "hono": "jsr:@hono/hono@4", "pg": "npm:pg@8" },\n}',
      'deno.lock': '{}',
      'main.ts': 'Deno.serve({ port: 8123 }, app.fetch);\nDeno.env.get("TOKEN");',
    });
    expect(service).toMatchObject({
      packageManager: 'deno',
      framework: 'hono',
      kind: 'web',
      start: 'deno task start',
      install: 'deno install --frozen',
      ports: [8123],
      backingServices: ['postgres'],
      env: [{ name: 'TOKEN', required: false }],
    });
  });

  it('skips what is for desktops and phones, and says so', async () => {
    const { services } = await scanFiles({
      'package.json': json({
        name: 'a',
        devDependencies: { electron: '40' },
        scripts: { start: 'electron .' },
      }),
    });
    expect(services[0]).toMatchObject({ kind: 'library', start: null });
    expect(services[0]?.unknowns).toContainEqual({
      fact: 'kind',
      reason: expect.stringContaining('desktop'),
    });
  });
});

describe('what renders, and what serves its build', () => {
  it("takes the adapter's own folder", async () => {
    const service = await onlyService({
      'package.json': json({
        name: 'a',
        scripts: { build: 'vite build' },
        devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5', vite: '7' },
      }),
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter({ precompress: false, out: './server/' }) } };\n",
    });
    expect(service.start).toBe('node server');
  });

  it('does not start React Router by a server that it does not have', async () => {
    const service = await onlyService({
      'package.json': json({
        name: 'a',
        scripts: { build: 'react-router build' },
        dependencies: { 'react-router': '7' },
        devDependencies: { '@react-router/dev': '7', wrangler: '4' },
      }),
    });
    expect(service).toMatchObject({ kind: 'web', start: null });
    expect(service.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('@react-router/serve'),
    });
  });

  it('says that TanStack Start without Nitro leaves no server', async () => {
    const files = (plugins: string) => ({
      'package.json': json({
        name: 'a',
        scripts: { build: 'vite build', start: 'node .output/server/index.mjs' },
        dependencies: { '@tanstack/react-start': '1', vite: '7' },
      }),
      'vite.config.ts': `import { tanstackStart } from '@tanstack/react-start/plugin/vite';\nexport default { plugins: [${plugins}] };\n`,
    });
    const bare = await onlyService(files('tanstackStart()'));
    expect(bare.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('nitro'),
    });
    const whole = await onlyService(files('tanstackStart(), nitro()'));
    expect(whole.unknowns.filter(({ fact }) => fact === 'start')).toEqual([]);
  });

  it('starts Astro only where its adapter makes a server', async () => {
    const astro = async (settings: string) =>
      onlyService({
        'package.json': json({
          name: 'a',
          scripts: { build: 'astro build' },
          dependencies: { astro: '5', '@astrojs/node': '9' },
        }),
        'astro.config.mjs': `export default defineConfig({ output: 'server'${settings} });\n`,
      });
    const alone = await astro(", adapter: node({ mode: 'standalone' })");
    expect(alone).toMatchObject({ kind: 'web', start: 'node ./dist/server/entry.mjs' });
    for (const settings of ['', ", adapter: node({ mode: 'middleware' })"]) {
      const service = await astro(settings);
      expect(service).toMatchObject({ kind: 'web', start: null });
      expect(service.unknowns.map(({ fact }) => fact)).toContain('start');
    }
  });
});
