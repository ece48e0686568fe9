import { expect, test } from 'vitest';
import { json, onlyService } from './support/scan.ts';

test('a program whose manifest names its own source as module starts without watching', async () => {
  const service = await onlyService({
    'package.json': json({
      name: 'api',
      module: 'src/index.tsx',
      scripts: { dev: 'bun run --watch src/index.tsx' },
      dependencies: { elysia: '1' },
    }),
    'bun.lock': '',
    'src/index.tsx': 'new Elysia().listen(4100);\n',
  });
  expect(service).toMatchObject({
    kind: 'web',
    framework: 'elysia',
    start: 'bun run src/index.tsx',
    ports: [4100],
  });
});

test('an exported handler with a port is a server', async () => {
  const service = await onlyService({
    'package.json': json({ name: 'api', scripts: { start: 'bun --hot index.ts' } }),
    'bun.lock': '',
    'index.ts': 'export default { port: process.env.PORT ?? 4200, fetch: app.fetch };\n',
  });
  expect(service).toMatchObject({ kind: 'web', start: 'bun run index.ts', ports: [4200] });
});

test('a built module is still for others', async () => {
  const service = await onlyService({
    'package.json': json({
      name: 'lib',
      module: 'dist/index.mjs',
      scripts: { dev: 'bun --watch src/index.ts' },
      dependencies: { elysia: '1' },
    }),
    'bun.lock': '',
    'src/index.ts': 'export const plugin = new Elysia();\n',
  });
  expect(service.kind).toBe('library');
});
