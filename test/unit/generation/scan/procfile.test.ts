import { expect, test } from 'vitest';
import { onlyService } from './support/scan.ts';

const flask = 'from flask import Flask\napp = Flask(__name__)\n';

test('a gunicorn that is not told where to listen is bound to the port that is declared', async () => {
  const service = await onlyService({
    'requirements.txt': 'flask\ngunicorn\n',
    'server.py': flask,
    Procfile: 'web: gunicorn server:app\n',
  });
  expect(service.start).toBe(`gunicorn server:app --bind 0.0.0.0:${service.ports[0]}`);
  const configured = await onlyService({
    'requirements.txt': 'flask\ngunicorn\n',
    'server.py': flask,
    'gunicorn.conf.py': 'bind = "0.0.0.0:9000"\n',
    Procfile: 'web: gunicorn server:app\n',
  });
  expect(configured.start).toBe('gunicorn server:app');
});

test('PORT has a default outside the platform, and the environment of the manager is entered', async () => {
  const rack = await onlyService({
    Gemfile: 'gem "sinatra"\ngem "unicorn"\n',
    'config.ru': 'run App\n',
    Procfile: 'web: bundle exec unicorn --port $PORT\n',
  });
  expect(rack).toMatchObject({
    start: `bundle exec unicorn --port \${PORT:-9292}`,
    ports: [9292],
  });
  const poetry = await onlyService({
    'pyproject.toml':
      '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.12"\nflask = "*"\ngunicorn = "*"\n',
    'poetry.lock': '',
    'server.py': flask,
    Procfile: 'web: gunicorn -b 0.0.0.0:$PORT server:app\n',
  });
  expect(poetry.start).toMatch(/^poetry run gunicorn -b 0\.0\.0\.0:\$\{PORT:-\d+\} server:app$/);
});

test('a script without any manifest is a service where a Procfile runs it', async () => {
  expect(
    await onlyService({
      'server.py': 'from http.server import *\nHTTPServer(("", 8123), H).serve_forever()\n',
      Procfile: 'web: python server.py\n',
    }),
  ).toMatchObject({ language: 'python', kind: 'web', start: 'python server.py', path: '.' });
});

test('a Rack program starts by the server that its Gemfile has', async () => {
  const start = async (gem: string): Promise<string | null> =>
    (await onlyService({ Gemfile: `gem "rack"\ngem "${gem}"\n`, 'config.ru': 'run App\n' })).start;
  expect(await start('unicorn')).toBe('bundle exec unicorn --port 9292');
  expect(await start('thin')).toContain('thin start');
  expect(await start('rackup')).toContain('rackup -o 0.0.0.0');
});

test('a program of Heroku’s own PHP image does not replace the start', async () => {
  const service = await onlyService({
    'composer.json': '{"require":{"laravel/framework":"^12.0"}}',
    artisan: '',
    'public/index.php': '<?php\n',
    Procfile: 'web: vendor/bin/heroku-php-nginx -C nginx_app.conf public/\n',
  });
  expect(service.start).toBe('php artisan serve --host=0.0.0.0 --port=8000');
});

test("a port of the command that a Procfile replaces does not outrank the new command's settings", async () => {
  const service = await onlyService({
    'requirements.txt': 'django\ngunicorn\n',
    'manage.py': 'import django\n',
    'site/wsgi.py': 'application = get_wsgi_application()\n',
    'gunicorn.conf.py': 'bind = ["[::]:{}".format(os.environ.get("PORT", 5006))]\n',
    Procfile: 'web: gunicorn --config gunicorn.conf.py site.wsgi\n',
  });
  expect(service).toMatchObject({
    start: 'gunicorn --config gunicorn.conf.py site.wsgi',
    ports: [5006],
  });
  const plain = await onlyService({
    'requirements.txt': 'flask\ngunicorn\n',
    'app.py': flask,
    'gunicorn_config.py': 'bind = "0.0.0.0:8081"\nworkers = 2\n',
    Procfile: 'web: gunicorn --config gunicorn_config.py app:app\n',
  });
  expect(plain.ports).toEqual([8081]);
});
