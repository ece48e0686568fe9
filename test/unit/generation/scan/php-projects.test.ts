import { expect, test } from 'vitest';
import { json, onlyService, scanFiles } from './support/scan.ts';

test('a folder of one PHP page is a service that the page answers for', async () => {
  expect(
    await onlyService({ 'manager.php': '<?php\n', 'README.md': '', 'lib/a.php': '<?php\n' }),
  ).toMatchObject({
    kind: 'web',
    path: '.',
    start: 'php -S 0.0.0.0:8000 manager.php',
    ports: [8000],
  });
  const several = await onlyService({ 'a.php': '<?php\n', 'b.php': '<?php\n' });
  expect(several.unknowns).toContainEqual({
    fact: 'start',
    reason: expect.stringContaining('index.php'),
  });
});

test('pages beside another stack are no service', async () => {
  const { services } = await scanFiles({
    'tool.php': '<?php\n',
    'go.mod': 'module a\n\ngo 1.24\n',
  });
  expect(services.filter(({ language }) => language === 'php')).toEqual([]);
});

test('extensions of the locked packages are needed; assets are built by the project’s own manager', async () => {
  const service = await onlyService({
    'composer.json': json({ require: { php: '^8.3', 'laravel/framework': '^12' } }),
    'composer.lock': json({
      packages: [
        { name: 'a/b', require: { 'ext-bcmath': '*', 'ext-json': '*', 'ext-mbstring': '*' } },
      ],
      'packages-dev': [{ name: 'c/d', require: { 'ext-xdebug': '*' } }],
    }),
    artisan: '',
    'public/index.php': '<?php\n',
    '.env.example': 'DB_CONNECTION=mysql\n',
    'package.json': json({ packageManager: 'yarn@4.6.0', scripts: { build: 'vite build' } }),
    'yarn.lock': '__metadata:\n',
  });
  expect(service).toMatchObject({
    systemPackages: ['php-bcmath'],
    backingServices: ['mysql'],
    build: 'yarn install --immutable && yarn run build',
  });
});

test('sources of others are set aside, with the reason', async () => {
  const { services, ignored } = await scanFiles({
    'requirements.txt': 'flask',
    'app.py': 'app = Flask(__name__)\n',
    'src/third_party/duktape/package.json': json({
      name: 'd',
      scripts: { start: 'node d.js' },
      dependencies: { express: '5' },
    }),
    'services/vendor/package.json': json({
      name: 'vendors',
      scripts: { start: 'node v.js' },
      dependencies: { express: '5' },
    }),
  });
  expect(services.map(({ path }) => path)).toEqual(['.', 'services/vendor']);
  expect(ignored).toContainEqual({
    path: 'src/third_party/duktape',
    kind: 'set-aside',
    reason: 'sources of others, copied into the project',
  });
});
