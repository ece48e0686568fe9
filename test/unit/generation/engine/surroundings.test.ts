import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { surroundingsOf } from '#main/generation/engine/surroundings.ts';
import { offlinePorts as ports } from '#main/generation/offline-ports.ts';
import { defaultTarget, type Target } from '#shared/target.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { project } from '../blueprints/fixtures.ts';

const { signal } = new AbortController();
const storage = { checkpoints: { lastWritten: () => null } } as never;

test('what an author’s file names is read too, and what that names, but nothing twice', async () => {
  const root = tempFolder();
  mkdirSync(join(root, '.gitlab-ci'));
  const texts = {
    '.gitlab-ci.yml': 'include: [/.gitlab-ci/a.yml, /.gitlab-ci/gone.yml, /README.md]\n',
    '.gitlab-ci/a.yml': "include: {local: '.gitlab-ci/b.yml'}\n",
    '.gitlab-ci/b.yml': 'include: [/.gitlab-ci.yml, /../outside.gitlab-ci.yml]\n',
    'README.md': '#\n',
  };
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(root, path), text);
  const read = (target: Target) =>
    surroundingsOf(
      { ports, storage },
      { ...project([]), root },
      { kind: 'gitlab-ci', service: null },
      target,
      signal,
    );
  const { texts: found } = await read(defaultTarget);
  expect([...found.keys()]).toEqual(['.gitlab-ci.yml', '.gitlab-ci/a.yml', '.gitlab-ci/b.yml']);
  // What is to be replaced is written from the facts alone.
  expect([...(await read({ ...defaultTarget, existing: 'replace' })).texts.keys()]).toEqual([
    '.gitlab-ci.yml',
  ]);
});
