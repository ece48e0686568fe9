import sharp from 'sharp';
import { median, rounded, timed } from './statistics.ts';

/** What one image costs by step, in ms, medians. */
export type ImageSteps = {
  readonly decodeMs: number;
  /** Pixels in memory to pixels in memory: all that another device could take over. */
  readonly resizeMs: number;
  readonly encodeMs: number;
  /** Handing the pixels of the original to another process and those of the result back. */
  readonly handOverMs: number;
};

/** Measures the steps that sharp takes as one, each by itself. */
export async function imageSteps(
  bytes: Uint8Array,
  width: number,
  repeats: number,
  handOver: (pixels: Uint8Array, answerBytes: number) => Promise<void>,
): Promise<ImageSteps> {
  const full = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const small = await sharp(bytes).resize(width).raw().toBuffer({ resolveWithObject: true });
  const rawOf = ({ data, info }: typeof full) =>
    sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const best = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < repeats; round += 1) times.push(await timed(work));
    return rounded(median(times), 1);
  };
  return {
    decodeMs: await best(() => sharp(bytes).raw().toBuffer()),
    resizeMs: await best(() => rawOf(full).resize(width).raw().toBuffer()),
    encodeMs: await best(() => rawOf(small).webp({ quality: 82 }).toBuffer()),
    handOverMs: await best(() => handOver(full.data, small.data.length)),
  };
}
