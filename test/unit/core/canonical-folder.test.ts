import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('takes a path through a link, and the home folder, to the one spelling', async () => {
  const root = tempFolder();
  mkdirSync(join(root, 'real'));
  symlinkSync(join(root, 'real'), join(root, 'link'), 'junction');
  expect(await canonicalFolder(join(root, 'link'))).toBe(join(root, 'real'));
  expect(await canonicalFolder('~')).toBe(realpathSync(homedir()));
});

it('refuses a relative path, which would count from wherever the server was started', async () => {
  await expect(canonicalFolder('src')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(canonicalFolder('./src')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('says what is wrong with a file and with nothing', async () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  await expect(canonicalFolder(file)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(canonicalFolder(`${file}s`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
