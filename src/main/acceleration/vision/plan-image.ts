import { z } from 'zod';
import { OmegaError } from '#shared/error.ts';
import { imageFits, imageFormats, imageLimitNames } from '#shared/image.ts';
import { imageLimits } from './image-limits.ts';
import { type ImagePlan, maxInputBytes, maxOutputEdge } from './image-protocol.ts';

const edge = z.int().min(1).max(maxOutputEdge).optional();

/**
 * What a caller asks for. Sizes in pixels; without any only format and quality change. An image is
 * enlarged only by `cover`, `contain` and `fill`, which promise a size, or where it is an SVG.
 */
export const resizeOptionsSchema = z
  .object({
    width: edge,
    height: edge,
    fit: z.enum(imageFits).default('inside'),
    /** The image's own where absent; GIF and SVG become PNG. */
    format: z.enum(imageFormats).optional(),
    /** 1 to 100; each format has its own default. A PNG below 100 has at most 256 colours. */
    quality: z.int().min(1).max(100).optional(),
    /** Keeps the result within what this provider takes. */
    limits: z.enum(imageLimitNames).optional(),
  })
  .strict();
/** See {@link resizeOptionsSchema}. */
export type ResizeOptions = z.input<typeof resizeOptionsSchema>;

/** Turns what a caller asks for into a plan; throws `INVALID_INPUT` that names what cannot be. */
export function planImage(options: ResizeOptions): ImagePlan {
  const parsed = resizeOptionsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the options';
    const advice = `Sizes are 1 to ${maxOutputEdge} pixels, quality is 1 to 100.`;
    throw new OmegaError(
      'INVALID_INPUT',
      `An image cannot be made with ${where}: ${issue?.message}. ${advice}`,
    );
  }
  const { width = null, height = null, fit, format = null, quality = null, limits } = parsed.data;
  const own = limits === undefined ? null : imageLimits[limits];
  if (own && format && !own.formats.includes(format)) {
    const takes = own.formats.join(', ');
    throw new OmegaError(
      'INVALID_INPUT',
      `${limits} takes ${takes}, not ${format}; ask for those.`,
    );
  }
  return {
    width,
    height,
    fit,
    format,
    quality,
    formats: [...(own?.formats ?? imageFormats)],
    longEdge: own?.longEdge ?? maxOutputEdge,
    maxBytes: own?.maxBytes ?? maxInputBytes,
  };
}
