import { describe, expect, test } from 'vitest';
import { imageLimits } from '#main/acceleration/vision/image-limits.ts';
import type { ImageRequest } from '#main/acceleration/vision/image-processes.ts';
import type { ResizedImage } from '#main/acceleration/vision/image-protocol.ts';
import { planImage, type ResizeOptions } from '#main/acceleration/vision/plan-image.ts';
import { type ImageHook, resizeImageWith } from '#main/acceleration/vision/resize-image.ts';
import { imageLimitNames } from '#shared/image.ts';

const bytes = new Uint8Array([1, 2, 3]);
const made = ({ plan }: ImageRequest): ResizedImage => ({
  bytes,
  format: 'png',
  width: plan.width ?? 1,
  height: 1,
  source: { format: 'png', width: 9, height: 9 },
});
const hooks: readonly (readonly [string, ImageHook])[] = [
  ['synchronous', made],
  ['asynchronous', async (request) => made(request)],
];

describe.each(hooks)('a %s hook', (_, hook) => {
  test('is awaited alike', async () => {
    expect(await resizeImageWith(hook)(bytes, { width: 7 })).toMatchObject({ width: 7 });
  });

  test('is not called for what is refused before', async () => {
    let calls = 0;
    const resize = resizeImageWith((request) => {
      calls += 1;
      return hook(request);
    });
    const stopped = AbortSignal.abort();
    await expect(resize(bytes, {}, stopped)).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(resize(bytes, { width: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(calls).toBe(0);
  });
});

test('what is read is bounded, and a path is read only when its turn has come', async () => {
  const resize = resizeImageWith(async (request) => {
    await request.load();
    return made(request);
  });
  await expect(resize(new Uint8Array(0), {})).rejects.toThrow(/empty; export it again/);
  const large = new Uint8Array(50_000_001);
  await expect(resize(large, {})).rejects.toMatchObject({ code: 'REFUSED' });
  await expect(resize('/not/there.png', {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  // Loading at once would keep the bytes of everything that waits.
  await expect(resizeImageWith(made)('/not/there.png', {})).resolves.toBeDefined();
});

test('what a hook throws at once is a rejection', async () => {
  const resize = resizeImageWith(() => {
    throw new Error('at once');
  });
  await expect(resize(bytes, {})).rejects.toThrow('at once');
});

test.each([
  [{ width: 0 }, /width/],
  [{ height: 9000 }, /height/],
  [{ quality: 101 }, /quality/],
  [{ format: 'bmp' }, /format/],
  [{ limits: 'nobody' }, /limits/],
  [{ limits: 'ollama', format: 'avif' }, /ollama takes png, jpeg, not avif/],
])('%j is refused with what was wrong', (options, message) => {
  expect(() => planImage(options as ResizeOptions)).toThrow(message);
});

test.each(imageLimitNames)("%s's limits reach the plan", (limits) => {
  expect(planImage({ limits })).toMatchObject(imageLimits[limits]);
});
