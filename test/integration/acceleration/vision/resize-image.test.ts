import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageLimits } from '#main/acceleration/vision/image-limits.ts';
import { ImageProcesses } from '#main/acceleration/vision/image-processes.ts';
import { type ResizeImage, resizeImageWith } from '#main/acceleration/vision/resize-image.ts';
import { imageLimitNames } from '#shared/image.ts';
import { pixel, redAndBlue, spawnImages } from '#test/support/images.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

let processes: ImageProcesses;
let resize: ResizeImage;
beforeAll(() => {
  processes = new ImageProcesses({ spawn: spawnImages });
  resize = resizeImageWith((request, signal) => processes.render(request, signal));
});
afterAll(() => processes.dispose());

const svg = (body: string, attributes = 'width="80" height="60"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`);

describe('formats', () => {
  test.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)('reads %s', async (format) => {
    const image = await resize(await redAndBlue(64, 32).toFormat(format).toBuffer(), { width: 32 });
    expect(image).toMatchObject({ width: 32, height: 16, source: { format, width: 64 } });
    expect(image.format).toBe(format === 'gif' ? 'png' : format);
    const [red = 0, , blue = 0] = await pixel(image.bytes, 4, 8);
    expect(red).toBeGreaterThan(230);
    expect(blue).toBeLessThan(40);
  });

  test.each(['png', 'jpeg', 'webp', 'avif'] as const)('writes %s', async (format) => {
    const image = await resize(svg('<rect width="80" height="60" fill="#f00"/>'), { format });
    const { format: written } = await sharp(image.bytes).metadata();
    expect(written).toBe(format === 'avif' ? 'heif' : format);
  });

  test('what is clear is white in a JPEG, not black', async () => {
    const image = await resize(svg('<rect width="9" height="9"/>'), { format: 'jpeg' });
    expect(await pixel(image.bytes, 60, 50)).toEqual([255, 255, 255]);
  });

  test('an SVG is drawn at the size asked for, not enlarged from its own', async () => {
    const small = svg('<rect width="10" height="20" fill="#f00"/>', 'width="20" height="20"');
    const { bytes, width } = await resize(small, { width: 2000 });
    expect(width).toBe(2000);
    // Enlarged pixels would have a soft edge here.
    expect(await pixel(bytes, 998, 9)).toEqual([255, 0, 0]);
    const clear = await sharp(bytes).extract({ left: 1002, top: 9, width: 1, height: 1 });
    expect((await clear.raw().toBuffer())[3]).toBe(0);
  });
});

test('a photograph is turned upright, and where it was taken is dropped', async () => {
  const photo = await redAndBlue(60, 30)
    .jpeg()
    .withExif({ IFD0: { Orientation: '6', Artist: 'Ada' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(photo.includes('Ada') || (await sharp(photo).metadata()).exif).toBeTruthy();
  const { bytes, width, height, source } = await resize(photo, { width: 15 });
  expect({ width, height, source }).toMatchObject({ width: 15, height: 30, source: { width: 30 } });
  const [red = 0] = await pixel(bytes, 7, 2);
  expect(red).toBeGreaterThan(200);
  const { exif, orientation } = await sharp(bytes).metadata();
  expect({ exif, orientation }).toEqual({ exif: undefined, orientation: undefined });
});

test('of an animation one frame is read', async () => {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  expect((await sharp(gif).metadata()).pages).toBe(3);
  const { bytes, height } = await resize(gif, {});
  expect(height).toBe(20);
  expect(await pixel(bytes, 5, 5)).toEqual([255, 0, 0]);
});

test('an image is read from a path, and a folder is none', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.png'), await redAndBlue(8, 8).png().toBuffer());
  expect((await resize(join(folder, 'a.png'), {})).width).toBe(8);
  await expect(resize(folder, {})).rejects.toMatchObject({ code: 'REFUSED' });
});

describe('fits', () => {
  test.each([
    ['inside', 40, 20],
    ['outside', 80, 40],
    ['cover', 40, 40],
    ['contain', 40, 40],
    ['fill', 40, 40],
  ] as const)('%s gives %i × %i', async (fit, width, height) => {
    const image = await resize(await redAndBlue(200, 100).png().toBuffer(), {
      width: 40,
      height: 40,
      fit,
    });
    expect(await sharp(image.bytes).metadata()).toMatchObject({ width, height });
  });
});

describe('limits', () => {
  // Noise: nothing compresses it, so that only less quality or size can.
  const noise = () => {
    const gaussian = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    return sharp({
      create: { width: 2600, height: 1300, channels: 3, background: '#000', noise: gaussian },
    })
      .png({ compressionLevel: 1 })
      .toBuffer();
  };

  test.each(imageLimitNames)('%s takes what comes out', async (limits) => {
    const { longEdge, maxBytes, formats } = imageLimits[limits];
    const image = await resize(await noise(), { limits });
    expect(Math.max(image.width, image.height)).toBeLessThanOrEqual(longEdge);
    expect(image.bytes.length).toBeLessThanOrEqual(maxBytes);
    expect(formats).toContain(image.format);
  });

  test('an AVIF becomes what the provider reads', async () => {
    const avif = await redAndBlue(32, 32).avif().toBuffer();
    expect((await resize(avif, { limits: 'openai' })).format).toBe('png');
  });
});
