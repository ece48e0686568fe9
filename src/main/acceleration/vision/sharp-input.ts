import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { OmegaError } from '#shared/error.ts';
import { unreadableFormat } from './image-fault.ts';
import { maxInputPixels, maxSvgBytes } from './image-protocol.ts';

/** Everything that reads a format, then those that may: libvips reads more than anybody needs. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Png', 'Jpeg', 'Webp', 'Heif', 'Nsgif', 'Svg'].map(
    (name) => `VipsForeignLoad${name}`,
  ),
});
// One image at a time, so that processes side by side use the machine once.
sharp.concurrency(1);
sharp.cache(false);

const options: SharpOptions = {
  limitInputPixels: maxInputPixels,
  failOn: 'error',
  // One frame of an animation, upright as EXIF says; other metadata is never written.
  pages: 1,
  autoOrient: true,
};

/** An image that may be read: opens it anew for each attempt to write it. */
export type SharpInput = {
  readonly open: () => Sharp;
  readonly format: string;
  readonly isSvg: boolean;
  readonly hasAlpha: boolean;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
};

/**
 * Reads an image's header and refuses what is not to be decoded. An SVG is rendered by librsvg from
 * memory, which then follows no reference to a file or an address.
 */
export async function openImage(bytes: Uint8Array): Promise<SharpInput> {
  const open = () => sharp(bytes, options);
  const { format, hasAlpha, autoOrient, compression } = await open().metadata();
  const isSvg = format === 'svg';
  if (isSvg && bytes.length > maxSvgBytes) {
    const most = Math.round(maxSvgBytes / 1e6);
    const message = `The SVG is larger than ${most} MB, the most that is drawn; export it as a PNG.`;
    throw new OmegaError('REFUSED', message);
  }
  // HEIC is of the same family as AVIF, and patented.
  if (format === 'heif' && compression !== 'av1') throw unreadableFormat();
  const { width, height } = autoOrient;
  if (width * height > maxInputPixels) throw new Error('Input image exceeds pixel limit');
  const name = format === 'heif' ? 'avif' : format;
  return { open, format: name, isSvg, hasAlpha, width, height };
}
