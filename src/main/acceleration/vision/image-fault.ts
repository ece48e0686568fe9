import { OmegaError } from '#shared/error.ts';
import { maxInputPixels } from './image-protocol.ts';

/** Turns what sharp and libvips throw into a typed error that says what to do with the image. */
export function imageFault(error: unknown): OmegaError {
  if (error instanceof OmegaError) return error;
  const said = (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  if (/pixel limit|too large|dimensions? exceed/i.test(said)) {
    const most = Math.round(maxInputPixels / 1e6);
    const message = `The image has more than ${most} million pixels, the most that is read; make it smaller.`;
    return new OmegaError('REFUSED', message, { cause: error });
  }
  if (/unsupported image format|operation is blocked/i.test(said)) return unreadableFormat(error);
  const message = `The image is damaged or cut off (${said}); export it again.`;
  return new OmegaError('INVALID_INPUT', message, { cause: error });
}

/** The error for bytes that are no image, or one of another kind. */
export function unreadableFormat(cause?: unknown): OmegaError {
  return new OmegaError(
    'INVALID_INPUT',
    'This is no PNG, JPEG, WebP, AVIF, GIF or SVG image; convert it to one of them.',
    { cause },
  );
}
