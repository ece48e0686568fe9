import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveWithin } from '#main/core/resolve-within.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const refused = { code: 'REFUSED' };

describe('resolveWithin', () => {
  it('takes a path whose folders are not there yet', async () => {
    const root = tempFolder();
    await expect(resolveWithin(root, 'a/b/c.yaml')).resolves.toBe(join(root, 'a', 'b', 'c.yaml'));
  });

  it('refuses a folder that links out of the root, also by way of another link', async () => {
    const root = tempFolder();
    const outside = tempFolder();
    symlinkSync(outside, join(root, 'out'));
    symlinkSync('out', join(root, 'hop'));
    await expect(resolveWithin(root, 'out/x')).rejects.toMatchObject(refused);
    await expect(resolveWithin(root, 'hop/deep/x')).rejects.toMatchObject(refused);
  });

  it('refuses a link out that comes back in by text', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'in'));
    symlinkSync(join(root, '..'), join(root, 'up'));
    await expect(resolveWithin(root, 'up/x')).rejects.toMatchObject(refused);
  });

  it('takes a folder that links within the root, but not into .git', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'real'));
    mkdirSync(join(root, '.git', 'hooks'), { recursive: true });
    symlinkSync('real', join(root, 'alias'));
    symlinkSync('.git/hooks', join(root, 'hooks'));
    await expect(resolveWithin(root, 'alias/x')).resolves.toBe(join(root, 'alias', 'x'));
    await expect(resolveWithin(root, 'hooks/pre-commit')).rejects.toMatchObject(refused);
  });

  it('refuses a target that is a link, a dangling link, a folder, or below a file', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'file'), '');
    symlinkSync('file', join(root, 'link'));
    symlinkSync('nowhere', join(root, 'dangling'));
    mkdirSync(join(root, 'folder'));
    for (const path of ['link', 'dangling', 'folder', 'file/x', 'dangling/x']) {
      await expect(resolveWithin(root, path), path).rejects.toMatchObject(refused);
    }
  });

  it('names a root that is gone', async () => {
    await expect(resolveWithin(join(tempFolder(), 'gone'), 'x')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
