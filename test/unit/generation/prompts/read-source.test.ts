import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listSources, sourcesOf } from '#main/generation/prompts/sources/read-source.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { service } from '../blueprints/fixtures.ts';

it('lists each folder once, and gives of it what belongs to the services that are asked for', async () => {
  const root = tempFolder();
  const of = (path: string) => service({ name: path, path, context: path });
  for (const path of ['a', 'a/src', 'b']) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'main.ts'), '');
  }
  const listing = await listSources(root, [of('a'), of('b'), of('a')]);
  expect([...listing.keys()]).toEqual(['a', 'a/src', 'b', 'b/src']);
  // Another service's files are read for their secrets, and never sent.
  expect(sourcesOf(listing, [of('a')])).toEqual(['a/main.ts', 'a/src/main.ts']);
  expect(sourcesOf(listing, [of('b'), of('a')])).toHaveLength(3);
});
