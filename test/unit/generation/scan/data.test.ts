import { expect, test } from 'vitest';
import { onlyService, scanFiles } from './support/scan.ts';

const rails = {
  Gemfile: 'gem "rails"\ngem "sqlite3"\n',
  'config/application.rb': 'class App < Rails::Application; end\n',
};

test('Rails with SQLite keeps the folder that its production database is in, and prepares it', async () => {
  const service = await onlyService({
    ...rails,
    'config/database.yml':
      'development:\n  database: db/dev.sqlite3\nproduction:\n  primary:\n    database: storage/primary.sqlite3\n',
  });
  expect(service.dataFolders).toEqual(['storage']);
  expect(service.release).toBe('bundle exec rails db:prepare');
  expect(service.evidence).toContainEqual({
    fact: 'dataFolders',
    value: 'storage',
    file: 'config/database.yml',
    line: 5,
  });
  // A volume over the migrations would bring back those of an older version.
  const old = await onlyService({
    ...rails,
    'config/database.yml': 'production:\n  database: db/production.sqlite3\n',
  });
  expect(old.dataFolders).toBeUndefined();
  expect(old.unknowns.map(({ fact }) => fact)).toContain('dataFolders');
});

test('Django, Laravel and a Procfile say what runs before a new version serves', async () => {
  const django = {
    'requirements.txt': 'django\ngunicorn\n',
    'manage.py': '#!/usr/bin/env python\nimport django\n',
    'hub/wsgi.py': 'application = get_wsgi_application()\n',
    'hub/settings.py':
      'WSGI_APPLICATION = "hub.wsgi.application"\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\n',
  };
  expect((await onlyService(django)).release).toBe('python manage.py migrate --noinput');
  const told = await onlyService({ ...django, Procfile: 'release: ./bin/release.sh\n' });
  expect(told.release).toBe('./bin/release.sh');
  const laravel = await onlyService({
    'composer.json': '{"require":{"laravel/framework":"^12.0"}}',
    artisan: '',
    'public/index.php': '<?php\n',
    'database/migrations/1_users.php': '<?php\n',
  });
  expect(laravel).toMatchObject({
    release: 'php artisan migrate --force',
    dataFolders: ['storage/app'],
  });
});

test('volumes of the author’s own files are of the service where they lie below its folder', async () => {
  const go = {
    'go.mod': 'module hub\n\ngo 1.24\n',
    'main.go':
      'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", nil) }\n',
  };
  const image =
    'FROM debian:13\nWORKDIR /opt/hub\nVOLUME ["/opt/hub/data", "/etc/hub", "/opt/hub/src"]\n';
  expect((await onlyService({ ...go, Dockerfile: image })).dataFolders).toEqual(['data']);
  const compose =
    'services:\n  hub:\n    build: .\n    volumes:\n      - .:/app\n      - ./uploads:/app/uploads\n      - cache:/var/cache\n';
  expect((await onlyService({ ...go, 'compose.yaml': compose })).dataFolders).toEqual(['uploads']);
});

test('a variable that chooses between databases is known with its words, and one of them is started', async () => {
  const service = await onlyService({
    'requirements.txt': 'flask\npsycopg2\nmysqlclient\n',
    'app.py':
      'app = Flask(__name__)\nif os.getenv("DB") == "postgres":\n    use(os.getenv("DB_HOST"))\nif os.getenv("DB") in ["mysql", "mariadb"]:\n    use(os.getenv("DB_HOST"))\n',
  });
  expect(service.backingServices).toEqual(['postgres']);
  expect(service.env.find(({ name }) => name === 'DB')?.choices).toEqual([
    'postgres',
    'mysql',
    'mariadb',
  ]);
});

test('no database server is started for a program that runs on SQLite until its settings say otherwise', async () => {
  const program = (read: string): Record<string, string> => ({
    'go.mod':
      'module hub\n\ngo 1.24\n\nrequire (\n\tgorm.io/driver/mysql v1.6.0\n\tgorm.io/driver/postgres v1.6.0\n\tgorm.io/driver/sqlite v1.6.0\n)\n',
    'main.go': `package main\n\nimport (\n\t"net/http"\n\t"gorm.io/driver/mysql"\n\t"gorm.io/driver/postgres"\n\t"gorm.io/driver/sqlite"\n)\n\nfunc main() { ${read}; http.ListenAndServe(":80", nil) }\n`,
  });
  const quiet = await onlyService(program('open(settings)'));
  expect(quiet.backingServices).toEqual([]);
  expect(quiet.unknowns.map(({ fact }) => fact)).toContain('backingServices');
  // Its driver for SQLite is C, and fails in a program that is built without.
  expect(quiet.systemPackages).toEqual(['libc6']);
  const { services } = await scanFiles(program('open(os.Getenv("DATABASE_URL"))'));
  expect(services[0]?.backingServices).toContain('postgres');
});
