import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import sharp from 'sharp';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { ImageProcesses } from '#main/acceleration/vision/image-processes.ts';
import { resizeImageWith } from '#main/acceleration/vision/resize-image.ts';
import { type ImageSteps, imageSteps } from './image-steps.ts';
import { median, rounded, timed } from './statistics.ts';

const vision = join(import.meta.dirname, '..', 'src', 'main', 'acceleration', 'vision');
const width = 1568;

/** What `bench -- images` prints: one photograph, made 1568 pixels wide. */
export type ImageFigures = {
  readonly suite: 'images';
  readonly megapixels: number;
  readonly repeats: number;
  /** `resizeImage`, its process warm. */
  readonly appMs: number;
  /** The same by sharp in this process, one thread. */
  readonly sharpMs: number;
  readonly ratioToSharp: number;
  readonly steps: ImageSteps;
  /** Time with a device that resizes in no time over that of sharp: below 1 it would help. */
  readonly idealDeviceRatio: number;
};

/** Measures what the process border costs, and what the fastest of devices could save. */
export async function imagesSuite(short: boolean): Promise<ImageFigures> {
  const [size, repeats] = short
    ? [{ width: 600, height: 400 }, 1]
    : [{ width: 4000, height: 3000 }, 9];
  const bytes = await photograph(size);
  sharp.cache(false);
  sharp.concurrency(1);
  const processes = new ImageProcesses({ spawn: forkCompute(join(vision, 'main.ts')) });
  const resize = resizeImageWith((request, signal) => processes.render(request, signal));
  const echo = fork(join(import.meta.dirname, 'echo-child.ts'), { serialization: 'advanced' });
  try {
    const app = () => resize(bytes, { width, format: 'webp' });
    const bare = () =>
      sharp(bytes).resize({ width, withoutEnlargement: true }).webp({ quality: 82 }).toBuffer();
    await Promise.all([app(), bare()]);
    const rounds: { app: number; bare: number }[] = [];
    for (let round = 0; round < repeats; round += 1) {
      rounds.push({ app: await timed(app), bare: await timed(bare) });
    }
    const steps = await imageSteps(bytes, width, repeats, async (pixels, count) => {
      const answer = once(echo, 'message');
      echo.send({ bytes: pixels, count });
      await answer;
    });
    const sharpMs = median(rounds.map((round) => round.bare));
    const ideal = steps.decodeMs + steps.handOverMs + steps.encodeMs;
    return {
      suite: 'images',
      megapixels: rounded((size.width * size.height) / 1e6, 2),
      repeats,
      appMs: rounded(median(rounds.map((round) => round.app)), 1),
      sharpMs: rounded(sharpMs, 1),
      ratioToSharp: rounded(median(rounds.map((round) => round.app / round.bare))),
      steps,
      idealDeviceRatio: rounded(ideal / sharpMs),
    };
  } finally {
    processes.dispose();
    echo.kill();
  }
}

/** A JPEG with as much detail as a photograph has: noise, enlarged eight times. */
function photograph({ width, height }: { readonly width: number; readonly height: number }) {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const create = {
    width: width >> 3,
    height: height >> 3,
    channels: 3,
    background: '#888',
    noise,
  } as const;
  return sharp({ create }).resize(width, height).jpeg().toBuffer();
}
