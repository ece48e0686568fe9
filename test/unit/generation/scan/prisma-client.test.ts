import { expect, test } from 'vitest';
import { json, onlyService } from './support/scan.ts';

const schema = 'datasource db {\n  provider = "postgresql"\n}\n';

function project(
  scripts: Record<string, string>,
  path: string,
  more: Record<string, unknown> = {},
): Record<string, string> {
  return {
    'package-lock.json': '{}',
    'package.json': json({
      name: 'a',
      scripts: { start: 'node a.js', ...scripts },
      dependencies: { express: '5', '@prisma/client': '6' },
      devDependencies: { prisma: '6' },
      ...more,
    }),
    'a.js': 'app.listen(3000)',
    [path]: schema,
  };
}

test('the Prisma client is generated before the build where no script does it', async () => {
  expect(await onlyService(project({}, 'prisma/schema.prisma'))).toMatchObject({
    build: 'npx prisma generate',
  });
  expect(
    await onlyService(
      project({ build: 'tsc' }, 'src/db/schema.prisma', {
        prisma: { schema: './src/db/schema.prisma' },
      }),
    ),
  ).toMatchObject({ build: 'npx prisma generate --schema src/db/schema.prisma && npm run build' });
});

test('it is not generated twice', async () => {
  for (const scripts of [
    { postinstall: 'prisma generate', build: 'tsc' },
    { build: 'run-s db:client app', 'db:client': 'prisma generate', app: 'tsc' },
    { prebuild: 'npx prisma generate --schema x', build: 'tsc' },
  ]) {
    const { build } = await onlyService(project(scripts, 'prisma/schema.prisma'));
    expect(build).toBe('npm run build');
  }
});

test('a missing generator is said, not guessed', async () => {
  const { build, unknowns } = await onlyService(
    project({ build: 'tsc' }, 'prisma/schema.prisma', { devDependencies: {} }),
  );
  expect(build).toBe('npm run build');
  expect(unknowns).toContainEqual({ fact: 'build', reason: expect.stringContaining('prisma') });
});
