import { join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import {
  ImageProcesses,
  type ImageProcessesOptions,
} from '#main/acceleration/vision/image-processes.ts';

const vision = join(import.meta.dirname, '..', '..', 'src', 'main', 'acceleration', 'vision');

/** Starts real image processes. */
export const spawnImages = forkCompute(join(vision, 'main.ts'));

/** Image processes that end with the test. */
export function imageProcesses(options: Partial<ImageProcessesOptions> = {}): ImageProcesses {
  const processes = new ImageProcesses({ spawn: spawnImages, ...options });
  onTestFinished(() => processes.dispose());
  return processes;
}

/** A picture: the left half red, the right half blue. */
export function redAndBlue(width: number, height: number) {
  const half = { width: Math.ceil(width / 2), height, channels: 3, background: '#0000ff' } as const;
  return sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([
    { input: { create: half }, left: Math.floor(width / 2), top: 0 },
  ]);
}

/** The colour of one pixel, as `[red, green, blue]`. */
export async function pixel(bytes: Uint8Array, left: number, top: number) {
  const one = sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw();
  return [...(await one.toBuffer())];
}

/**
 * A kilobyte of SVG that keeps librsvg busy for more than five minutes: a filter, used a thousand
 * times by way of nested references. sharp's own time-out does not interrupt it.
 */
export function endlessSvg(): Uint8Array {
  const levels = [1, 2, 3].map(
    (level) => `<g id="u${level}">${`<use href="#u${level - 1}"/>`.repeat(10)}</g>`,
  );
  const filter =
    '<filter id="f" x="0" y="0" width="1" height="1"><feTurbulence baseFrequency="0.05" numOctaves="50"/></filter>';
  const leaf = '<g id="u0"><rect width="800" height="600" filter="url(#f)"/></g>';
  const body = `${filter}${leaf}${levels.join('')}<use href="#u3"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">${body}</svg>`,
  );
}
