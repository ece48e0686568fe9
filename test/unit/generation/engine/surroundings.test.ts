import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
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

const files: Readonly<Record<string, string>> = {
  'package.json': '{"name":"shop","scripts":{"start":"node server.js"}}',
  'server.js': "require('node:http').createServer().listen(3000);\n",
  'infra/main.tf': 'locals {\n  place = var.region\n}\n',
};

describe('what a report sees', () => {
  it('is each file beside those that belong to it, on disk or still to be written', async () => {
    const root = tempFolder();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const found = async (changes: ReadonlyMap<string, string>) => {
      const project = await ports.scan(root, { signal, changes });
      const report = { kind: 'report', service: null } as const;
      const context = { ports, storage };
      const seen = await surroundingsOf(context, project, report, defaultTarget, signal, changes);
      return [...(seen.findings ?? new Map())].flatMap(([path, all]) =>
        all.filter(({ severity }: { severity: string }) => severity === 'error').map(() => path),
      );
    };
    const declared = 'variable "region" {\n  type        = string\n  description = "Place."\n}\n';
    expect(await found(new Map())).toEqual(['infra/main.tf']);
    // Judged alone, each file of a module lacked what the others declare.
    expect(await found(new Map([['infra/variables.tf', declared]]))).toEqual([]);
    writeFileSync(join(root, 'infra/variables.tf'), declared);
    expect(await found(new Map())).toEqual([]);
  });
});
