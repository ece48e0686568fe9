import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { resizeImageWith } from '#main/acceleration/vision/resize-image.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { endlessSvg, imageProcesses, redAndBlue } from '#test/support/images.ts';

function open(options: Parameters<typeof imageProcesses>[0] = {}) {
  const processes = imageProcesses(options);
  const resize = resizeImageWith((request, signal) => processes.render(request, signal));
  return { processes, resize };
}

/** A PNG that claims a size and carries next to nothing. */
function claims(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const mark = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(Buffer.alloc(100));
  return Buffer.concat([
    mark,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const svg = (body: string, before = '') =>
  Buffer.from(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60">${body}</svg>`,
  );

describe('refused, in the same process, one after the other', () => {
  test('with what was wrong and what to do', async () => {
    const { resize, processes } = open({ processes: 1 });
    const png = await redAndBlue(400, 300).png().toBuffer();
    const jpeg = await redAndBlue(400, 300).jpeg().toBuffer();
    const bomb = await sharp({
      create: { width: 10_000, height: 10_000, channels: 3, background: '#123' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const tiff = await redAndBlue(8, 8).tiff().toBuffer();
    const bad = [
      [bomb, 'REFUSED', /more than 64 million pixels.*make it smaller/],
      [claims(60_000, 60_000), 'REFUSED', /million pixels|damaged/],
      [svg('', '').subarray(0, 60), 'INVALID_INPUT', /damaged or cut off/],
      [png.subarray(0, png.length >> 1), 'INVALID_INPUT', /damaged or cut off.*export it again/],
      [jpeg.subarray(0, jpeg.length >> 1), 'INVALID_INPUT', /damaged or cut off/],
      [Buffer.from('#!/bin/sh\necho no image'), 'INVALID_INPUT', /convert it/],
      [tiff, 'INVALID_INPUT', /no PNG, JPEG, WebP, AVIF, GIF or SVG/],
      [Buffer.from('%PDF-1.7\n'), 'INVALID_INPUT', /convert it/],
      [
        svg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        'INVALID_INPUT',
        /damaged/,
      ],
      [Buffer.concat([svg(''), Buffer.alloc(4_000_000, ' ')]), 'REFUSED', /larger than 4 MB/],
    ] as const;
    for (const [bytes, code, message] of bad) {
      const failed = resize(bytes, { width: 32 });
      await expect(failed, String(message)).rejects.toMatchObject({ code });
      await expect(resize(bytes, { width: 32 })).rejects.toThrow(message);
    }
    // None of them took the process down.
    expect((await resize(png, { width: 32 })).width).toBe(32);
    expect(processes.size).toBe(1);
  });
});

test('random damage never crashes, hangs or passes an error that is not ours', async () => {
  const { resize } = open({ processes: 2, maxQueue: 300 });
  const sources = await Promise.all([
    redAndBlue(64, 64).png().toBuffer(),
    redAndBlue(64, 64).jpeg().toBuffer(),
    redAndBlue(64, 64).webp().toBuffer(),
    redAndBlue(64, 64).avif().toBuffer(),
    redAndBlue(64, 64).gif().toBuffer(),
  ]);
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const codes = new Set<string>();
  const tries = Array.from({ length: 200 }, async (_, n) => {
    const bytes = Buffer.from(sources[n % sources.length] ?? []);
    for (let hit = 0; hit < 8; hit += 1) bytes[random(bytes.length)] = random(256);
    await resize(bytes, { width: 16 }).then(
      () => codes.add('fine'),
      (error: { code?: string }) => codes.add(error.code ?? String(error)),
    );
  });
  await Promise.all(tries);
  expect([...codes].sort()).toEqual(['INVALID_INPUT', 'fine']);
});

test('an SVG that follows a file or an address draws nothing of it', async () => {
  const { resize } = open();
  const outside = svg(
    '<image href="file:///etc/passwd" width="80" height="60"/><image href="http://127.0.0.1:9/x.png" width="80" height="60"/>',
  );
  const { bytes } = await resize(outside, {});
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect(data.every((value) => value === 0)).toBe(true);
});

test('an SVG that never ends is given up, and the next image is made by another process', async () => {
  const { resize, processes } = open({ processes: 1, deadlineMs: 1500 });
  const next = redAndBlue(8, 8).png().toBuffer();
  const failed = resize(endlessSvg(), { width: 320 });
  await expect(failed).rejects.toMatchObject({ code: 'TIMEOUT' });
  await expect(failed).rejects.toThrow(/given up; make it smaller, or export an SVG as a PNG/);
  expect((await resize(await next, {})).width).toBe(8);
  expect(processes.size).toBe(1);
});

test('who cancels need not wait, neither at work nor in the queue', async () => {
  const { resize } = open({ processes: 1 });
  const one = new AbortController();
  const two = new AbortController();
  const working = resize(endlessSvg(), { width: 320 }, one.signal);
  const waiting = resize(endlessSvg(), { width: 320 }, two.signal);
  const last = resize(await redAndBlue(8, 8).png().toBuffer(), {});
  two.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  await sleep(300);
  one.abort();
  await expect(working).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await last).width).toBe(8);
});

test('a flood is bounded: so many processes, so many that wait', async () => {
  const { resize, processes } = open({ processes: 2, maxQueue: 3 });
  const png = await redAndBlue(300, 300).png().toBuffer();
  const all = await Promise.allSettled(Array.from({ length: 9 }, () => resize(png, { width: 99 })));
  const failed = all.filter((one) => one.status === 'rejected');
  expect(failed).toHaveLength(4);
  expect(failed[0]?.reason).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  expect(processes.size).toBe(2);
});

test('what became of images is counted', async () => {
  const metrics = createMetrics();
  const { resize } = open({ metrics });
  await resize(await redAndBlue(8, 8).png().toBuffer(), {});
  await resize(Buffer.from('no image'), {}).catch(() => undefined);
  const text = await metrics.metrics();
  expect(text).toContain('omega_image_seconds_count{outcome="made"} 1');
  expect(text).toContain('omega_image_seconds_count{outcome="INVALID_INPUT"} 1');
  expect(text).toContain('omega_image_queue 0');
});

test('an app that closes leaves no process behind, not even for what it had begun to read', async () => {
  const { resize, processes } = open();
  const begun = resize(await redAndBlue(8, 8).png().toBuffer(), {});
  processes.dispose();
  await expect(begun).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(processes.size).toBe(0);
});

test('idle processes end', async () => {
  const { resize, processes } = open({ idleMs: 50 });
  await resize(await redAndBlue(8, 8).png().toBuffer(), {});
  await expect.poll(() => processes.size, { timeout: 5000 }).toBe(0);
});
