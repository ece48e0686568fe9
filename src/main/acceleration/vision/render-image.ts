import type { Sharp } from 'sharp';
import { OmegaError } from '#shared/error.ts';
import { type ImageFormat, imageFormats } from '#shared/image.ts';
import type { ImagePlan, ResizedImage } from './image-protocol.ts';
import { openImage, type SharpInput } from './sharp-input.ts';
import { promisesSize, targetSize } from './target-size.ts';

/** One way to write the image; `scale` is of the size that was asked for. */
type Attempt = {
  readonly format: ImageFormat;
  readonly quality: number | null;
  readonly scale: number;
};

const defaultQuality: Readonly<Record<ImageFormat, number | null>> = {
  png: null,
  jpeg: 82,
  webp: 82,
  avif: 60,
};

/**
 * Makes an image by plan. Where it has too many bytes it is written again: with less quality, as a
 * JPEG where the format was not asked for, then smaller. Throws `REFUSED` where nothing helps, or
 * what sharp says.
 */
export async function renderImage(bytes: Uint8Array, plan: ImagePlan): Promise<ResizedImage> {
  const input = await openImage(bytes);
  const source = { format: input.format, width: input.width, height: input.height };
  for (const attempt of attempts(input, plan)) {
    const { data, info } = await write(input, plan, attempt);
    if (data.length > plan.maxBytes) continue;
    const { width, height } = info;
    return { bytes: data, format: attempt.format, width, height, source };
  }
  const most = (plan.maxBytes / 1e6).toFixed(1);
  throw new OmegaError(
    'REFUSED',
    `The image cannot be made smaller than ${most} MB in this format; ask for JPEG or a smaller size.`,
  );
}

function* attempts(input: SharpInput, plan: ImagePlan): Generator<Attempt, void> {
  const own = imageFormats.find((one) => one === input.format && plan.formats.includes(one));
  const format = plan.format ?? own ?? plan.formats[0];
  const quality = plan.quality ?? defaultQuality[format];
  yield { format, quality, scale: 1 };
  const lossy = plan.format === null && format === 'png' ? 'jpeg' : format;
  for (const [lower, scale] of [
    [80, 1],
    [60, 1],
    [60, 0.7],
    [60, 0.5],
    [40, 0.35],
  ] as const) {
    yield { format: lossy, quality: Math.min(lower, quality ?? 100), scale };
  }
}

function write(input: SharpInput, plan: ImagePlan, { format, quality, scale }: Attempt) {
  const { width, height } = targetSize(input, plan, { scale, enlarge: input.isSvg });
  const image = input.open().resize({
    width,
    height,
    // Where the shape is kept, the size has it already, to the pixel.
    fit: promisesSize(plan.fit) ? plan.fit : 'fill',
    background: { r: 255, g: 255, b: 255, alpha: format === 'jpeg' ? 1 : 0 },
  });
  return encode(image, format, quality).toBuffer({ resolveWithObject: true });
}

function encode(image: Sharp, format: ImageFormat, quality: number | null): Sharp {
  const options = quality === null ? {} : { quality };
  switch (format) {
    case 'png':
      return image.png(quality === null || quality === 100 ? {} : { quality, palette: true });
    case 'jpeg':
      return image.flatten({ background: '#ffffff' }).jpeg(options);
    case 'webp':
      return image.webp(options);
    case 'avif':
      return image.avif({ ...options, effort: 2 });
  }
}
