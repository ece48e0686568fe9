import { expect, test } from 'vitest';
import { json, onlyService, scanFiles } from './support/scan.ts';

const node = (dependencies: Record<string, string>) => ({
  'package-lock.json': '{}',
  'package.json': json({ name: 'app', scripts: { start: 'node a.js' }, dependencies }),
});

test('a system that the source goes without is not needed, and that is said', async () => {
  const { backingServices, unknowns } = await onlyService({
    ...node({ express: '5', pg: '8', ioredis: '5', kafkajs: '2' }),
    'a.js': [
      'connect(process.env.DATABASE_URL);',
      'const redis = !!process.env.REDIS_URL && new Redis(process.env.REDIS_URL);',
      "const kafka = new Kafka(process.env.KAFKA_BROKERS || 'localhost:9092');",
    ].join('\n'),
  });
  expect(backingServices).toEqual(['postgres', 'kafka']);
  expect(unknowns).toContainEqual({
    fact: 'backingServices',
    reason: expect.stringContaining('redis'),
  });
});

test('what the author’s Compose file starts first is needed, and which of two twins it is', async () => {
  const { services } = await scanFiles({
    ...node({ express: '5', mysql2: '3', ioredis: '5' }),
    'a.js': 'app.listen(3000); if (process.env.REDIS_URL) connect();',
    'compose.yaml':
      'services:\n  app:\n    build: .\n    depends_on: [db, cache]\n  db:\n    image: mariadb:11\n  cache:\n    image: redis\n',
  });
  expect(services[0]?.backingServices.toSorted()).toEqual(['mariadb', 'redis']);
  expect(services[0]?.evidence).toContainEqual({
    fact: 'backingHost',
    value: 'mariadb=db',
    file: 'compose.yaml',
    line: 5,
  });
});

test('of the engines that Django can be set to, the one whose driver is installed counts', async () => {
  const { backingServices, env } = await onlyService({
    'requirements.txt': 'django\npsycopg\n',
    'manage.py': 'import django\n',
    'hc/settings.py':
      'WSGI_APPLICATION = "hc.wsgi.application"\nA = "django.db.backends.postgresql"\nB = "django.db.backends.mysql"\nP = envsecret("DB_PASSWORD", "")\nQ = envsecret("QUIET")\n',
  });
  expect(backingServices).toEqual(['postgres']);
  expect(env.map(({ name, required }) => [name, required])).toEqual([
    ['DB_PASSWORD', false],
    ['QUIET', false],
  ]);
});

test('Rails needs a key base or the key to its credentials, and takes DATABASE_URL by itself', async () => {
  const rails = {
    Gemfile: 'gem "rails", "~> 8.0"\ngem "pg"\n',
    'config.ru': 'run Rails.application\n',
    'config/application.rb': 'ENV["RAILS_ENV"]\n',
  };
  const plain = await onlyService({ ...rails, 'config/database.yml.sample': '' });
  expect(plain.env.map(({ name, required }) => [name, required])).toEqual([
    ['DATABASE_URL', false],
    ['SECRET_KEY_BASE', true],
  ]);
  expect(plain.unknowns).toContainEqual({
    fact: 'backingServices',
    reason: expect.stringContaining('config/database.yml.sample'),
  });
  const keyed = await onlyService({
    ...rails,
    'config/database.yml': '',
    'config/credentials.yml.enc': 'x',
  });
  expect(keyed.env.map(({ name }) => name)).toEqual(['DATABASE_URL', 'RAILS_MASTER_KEY']);
});

test('a monitor of many databases needs none of them', async () => {
  const files = {
    ...node({ express: '5', pg: '8', mysql2: '3', mongodb: '6', ioredis: '5' }),
    'a.js': 'app.listen(3000);',
  };
  const monitor = await onlyService(files);
  expect(monitor.backingServices).toEqual([]);
  expect(monitor.unknowns.map(({ reason }) => reason).join()).toContain('postgres, mysql, mongodb');
  const app = await onlyService({ ...files, 'a.js': 'connect(process.env.DATABASE_URL)' });
  expect(app.backingServices).toContain('postgres');
});

test('ports of databases that a Compose file lists at a service are not the service’s', async () => {
  const { services } = await scanFiles({
    ...node({ express: '5' }),
    'a.js': 'app.listen(port)',
    'compose.yaml':
      'services:\n  app:\n    build: .\n    ports: ["3000:3000"]\n    expose: [3306, 33060]\n',
  });
  expect(services[0]?.ports).toEqual([3000]);
});
