import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { endlessSvg, redAndBlue, spawnImages } from '#test/support/images.ts';
import { openApi } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

async function openProject() {
  const root = tempFolder();
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'docs/wide.png'), await redAndBlue(900, 300).png().toBuffer());
  writeFileSync(join(root, 'docs/tall.png'), await redAndBlue(30, 3000).png().toBuffer());
  writeFileSync(join(root, 'docs/broken.png'), 'no image');
  writeFileSync(join(root, 'docs/secret.txt'), 'secret');
  const { call } = await openApi({ images: { spawn: spawnImages } });
  return { root, call };
}

const bytesOf = (dataUrl: string) => Buffer.from(dataUrl.split(',')[1] ?? '', 'base64');

test('a thumbnail is a picture that a page can show, bounded on both sides', async () => {
  const { root, call } = await openProject();
  const wide = await call('image.thumbnail', { root, path: 'docs/wide.png' });
  expect(wide).toMatchObject({ width: 320, height: 107 });
  expect(wide.dataUrl).toMatch(/^data:image\/webp;base64,/);
  expect(await sharp(bytesOf(wide.dataUrl)).metadata()).toMatchObject({
    format: 'webp',
    width: 320,
  });
  const tall = await call('image.thumbnail', { root, path: 'docs/tall.png', width: 16 });
  expect(tall).toMatchObject({ width: 1, height: 32 });
});

test('only images inside the project are shown', async () => {
  const { root, call } = await openProject();
  const outside = tempFolder();
  writeFileSync(join(outside, 'private.png'), await redAndBlue(8, 8).png().toBuffer());
  symlinkSync(join(outside, 'private.png'), join(root, 'link.png'));
  symlinkSync(outside, join(root, 'folder'));
  for (const [path, code] of [
    ['../private.png', 'REFUSED'],
    [join(outside, 'private.png'), 'REFUSED'],
    ['link.png', 'REFUSED'],
    ['folder/private.png', 'REFUSED'],
    ['.git/a.png', 'REFUSED'],
    ['docs/secret.txt', 'REFUSED'],
    ['docs/not-there.png', 'NOT_FOUND'],
    ['docs/broken.png', 'INVALID_INPUT'],
  ] as const) {
    const answer = call('image.thumbnail', { root, path });
    await expect(answer, path).rejects.toMatchObject({ code });
  }
  for (const width of [0, 5000, 1.5]) {
    const answer = call('image.thumbnail', { root, path: 'docs/wide.png', width });
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
});

test('a call that is cancelled ends at once', async () => {
  const { root, call } = await openProject();
  writeFileSync(join(root, 'endless.svg'), endlessSvg());
  const controller = new AbortController();
  const answer = call('image.thumbnail', { root, path: 'endless.svg' }, controller.signal);
  controller.abort();
  await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a scan lists the diagrams of a project, and says nothing where there are none', async () => {
  const { root } = await openProject();
  const { call: scan } = await openApi({ ports: offlinePorts });
  expect((await scan('scan.run', { root })).diagrams?.map(({ path }) => path)).toEqual([
    'docs/broken.png',
    'docs/tall.png',
    'docs/wide.png',
  ]);
  expect(await scan('scan.run', { root: tempFolder() })).not.toHaveProperty('diagrams');
});

test('without an image process the route says so', async () => {
  const { call } = await openApi();
  const answer = call('image.thumbnail', { root: tempFolder(), path: 'a.png' });
  await expect(answer).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
