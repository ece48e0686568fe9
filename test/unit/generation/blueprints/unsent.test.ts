import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import type { Service } from '#shared/scan.ts';
import { fromEnv, project, service, stacks, variable } from './fixtures.ts';

function compose(one: Service): { text: string; env: string; services: Record<string, never> } {
  const artifacts = generateArtifacts('compose', project([one]), null);
  const find = (path: string) =>
    artifacts.find((artifact) => artifact.path === path)?.content ?? '';
  const text = find('compose.yaml');
  return { text, env: find('.env.example'), services: parse(text).services };
}

test('a Redis whose password nobody can send has none; a database keeps it and says what must match', () => {
  const { text, env, services } = compose(
    service({
      backingServices: ['redis', 'postgres'],
      env: [variable('REDIS_HOST')],
      evidence: [{ fact: 'backingHost', value: 'postgres=db', file: 'compose.yaml', line: 3 }],
    }),
  );
  expect(services).toMatchObject({
    api: { environment: { REDIS_HOST: 'redis' }, depends_on: { db: {}, redis: {} } },
    redis: { command: ['redis-server', '--appendonly', 'yes'] },
    db: { environment: { POSTGRES_PASSWORD: fromEnv('POSTGRES_PASSWORD') } },
  });
  expect(services).not.toHaveProperty('redis.environment');
  expect(text).toMatch(/# The source reads no variable[^\n]*\n {2}db:/);
  expect(text).toMatch(/# No password[^\n]*\n {2}redis:/);
  expect(env).toMatch(/# No source reads a variable for this password[^\n]*\nPOSTGRES_PASSWORD=/);
  expect(env).not.toContain('REDIS_PASSWORD');
});

test('a password that a variable carries stays', () => {
  const { services, env } = compose(
    service({ backingServices: ['redis'], env: [variable('REDIS_URL', false)] }),
  );
  expect(services).toMatchObject({
    redis: { environment: { REDISCLI_AUTH: fromEnv('REDIS_PASSWORD') } },
  });
  expect(env).toContain('REDIS_PASSWORD=');
});

test('connections that a project names after itself are wired where it needs them', () => {
  const names = ['SHOP_DATABASE_URL', 'GEO_DATABASE_URL'];
  const { services } = compose(
    service({
      backingServices: ['postgres'],
      env: [...names.map((name) => variable(name)), variable('OLD_DATABASE_URL', false)],
    }),
  );
  expect(services).toMatchObject({
    api: {
      environment: {
        SHOP_DATABASE_URL: expect.stringContaining('@postgres:5432'),
        GEO_DATABASE_URL: fromEnv('GEO_DATABASE_URL'),
        OLD_DATABASE_URL: null,
      },
    },
  });
});

test('Laravel is told its database, Active Record its client', () => {
  const laravel = compose({
    ...(stacks['php-laravel'] as Service),
    backingServices: ['postgres'],
    env: [variable('DB_CONNECTION', false), variable('DB_PASSWORD', false)],
  });
  expect(JSON.stringify(laravel.services)).toContain('"DB_CONNECTION":"pgsql"');
  const rails = compose({
    ...(stacks['ruby-rails'] as Service),
    backingServices: ['mysql'],
    env: [variable('DATABASE_URL', false)],
  });
  expect(JSON.stringify(rails.services)).toContain('"DATABASE_URL":"mysql2://');
});

test('Debian’s packages of PHP extensions go to the installer of the image, not to apt', () => {
  const laravel = {
    ...(stacks['php-laravel'] as Service),
    systemPackages: ['libvips42', 'php-intl', 'php-mbstring', 'php-mysql'],
  };
  const [artifact] = generateArtifacts('dockerfile', project([laravel]), laravel);
  expect(artifact?.content).toMatch(/^RUN install-php-extensions .*\bintl\b/m);
  expect(artifact?.content).toContain('--no-install-recommends libvips42\n');
  expect(artifact?.content).not.toContain('php-intl');
});
