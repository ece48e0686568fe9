import { expect, test } from 'vitest';
import { json, onlyService, scanFiles } from './support/scan.ts';

test('a task that watches says how the program runs in production', async () => {
  const service = await onlyService({
    'deno.json': json({ tasks: { dev: 'deno run --watch=static/ -A --inspect ./main.ts' } }),
    'main.ts': 'Deno.serve((request) => new Response("x"));\n',
  });
  expect(service).toMatchObject({ kind: 'web', start: 'deno run -A main.ts', ports: [8000] });
});

test("Fresh starts its program and not its developers', by an import map of its own", async () => {
  const service = await onlyService({
    'deno.json': json({
      tasks: { start: 'deno run -A --watch=static/,routes/ dev.ts' },
      importMap: './import_map.json',
    }),
    'import_map.json': json({ imports: { '$fresh/': 'https://deno.land/x/fresh@1.6.0/' } }),
    'dev.ts': 'await dev(import.meta.url, "./main.ts");\n',
    'main.ts': 'await start(manifest);\n',
  });
  expect(service).toMatchObject({
    framework: 'fresh',
    kind: 'web',
    start: 'deno run -A main.ts',
    ports: [8000],
  });
});

test('a package.json that runs nothing leaves the folder to Deno, one that does takes it', async () => {
  const files = {
    'deno.json': json({ tasks: { start: 'deno run -A server.ts' } }),
    'server.ts': 'Deno.serve({ port: 8100 }, handler);\n',
  };
  const deno = await onlyService({
    ...files,
    'package.json': json({ name: 'x', devDependencies: { husky: '9' }, scripts: { test: 'x' } }),
  });
  expect(deno).toMatchObject({ packageManager: 'deno', start: 'deno task start', ports: [8100] });
  const node = await onlyService({
    'deno.json': json({ tasks: { lint: 'deno lint' } }),
    'package.json': json({
      name: 'x',
      dependencies: { express: '5' },
      scripts: { start: 'node index.js' },
    }),
    'index.js': 'app.listen(3000);\n',
  });
  expect(node).toMatchObject({ packageManager: 'npm', start: 'npm run start' });
});

test('a module that others import is no service, though a file of it or an example listens', async () => {
  const { services } = await scanFiles({
    'deno.json': json({ name: '@x/web', exports: './mod.ts', tasks: { test: 'deno test' } }),
    'app.ts': 'export class App { run() { Deno.serve(this.handle); } }\n',
    'examples/hello.ts': 'Deno.serve(() => new Response("x"));\n',
  });
  expect(services).toMatchObject([{ kind: 'library', start: null }]);
});

test('a program without any manifest is found by what it imports, with the rights that packages need', async () => {
  const service = await onlyService({
    'main.ts':
      'import Fastify from "npm:fastify@5";\nconst app = Fastify();\nawait app.listen({ port: 8200 });\n',
    'deno.lock': '{}',
  });
  expect(service).toMatchObject({
    packageManager: 'deno',
    kind: 'web',
    install: null,
    start: 'deno run --frozen --allow-net --allow-env --allow-read --allow-sys main.ts',
    ports: [8200],
  });
  const browser = await scanFiles({ 'main.js': 'app.listen({ port: 3000 });\n' });
  expect(browser.services).toEqual([]);
});

test('what was watched before it is served may be a program that only runs', async () => {
  const service = await onlyService({
    'deno.json': json({ tasks: { dev: 'deno run --watch main.ts' } }),
    'main.ts': 'console.log("x");\n',
  });
  expect(service).toMatchObject({ kind: 'job', start: 'deno run main.ts', ports: [] });
});
