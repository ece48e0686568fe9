import { z } from 'zod';
import { errorDataSchema } from '#shared/error.ts';
import { imageFits, imageFormats } from '#shared/image.ts';
import { traceIdSchema } from '#shared/trace.ts';

/** Most bytes of an image that is read. */
export const maxInputBytes = 50_000_000;
/** Most pixels of one: 8000 × 8000. A file of a kilobyte can claim more than any memory holds. */
export const maxInputPixels = 64_000_000;
/** Most bytes of an SVG, which is a program more than an image. */
export const maxSvgBytes = 4_000_000;
/** Longest side of an image that is made, in pixels. */
export const maxOutputEdge = 8192;

const edge = z.int().min(1).max(maxOutputEdge);
const id = z.int().min(0);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What is to be made of an image. */
export const imagePlanSchema = z.object({
  width: edge.nullable(),
  height: edge.nullable(),
  fit: z.enum(imageFits),
  /** Null keeps the image's own where it may. */
  format: z.enum(imageFormats).nullable(),
  quality: z.int().min(1).max(100).nullable(),
  /** Formats that may come out; the first stands in for one that may not. */
  formats: z.tuple([z.enum(imageFormats)], z.enum(imageFormats)),
  /** Longest side and most bytes of what comes out. */
  longEdge: edge,
  maxBytes: z.int().min(1),
});
/** See {@link imagePlanSchema}. */
export type ImagePlan = z.infer<typeof imagePlanSchema>;

/** What an image process is told; it does one image after the other. */
export const toImageProcessSchema = z.object({
  id,
  bytes,
  plan: imagePlanSchema,
  /** The call that it is for. */
  trace: traceIdSchema.nullable().default(null),
});
/** See {@link toImageProcessSchema}. */
export type ToImageProcess = z.infer<typeof toImageProcessSchema>;

/** An image that was made. Sizes in pixels; `source` is that of the original, upright. */
export const resizedImageSchema = z.object({
  bytes,
  format: z.enum(imageFormats),
  width: z.int().min(1),
  height: z.int().min(1),
  source: z.object({ format: z.string(), width: z.number(), height: z.number() }),
});
/** See {@link resizedImageSchema}. */
export type ResizedImage = Readonly<z.infer<typeof resizedImageSchema>>;

/** What an image process answers. */
export const fromImageProcessSchema = z.union([
  z.object({ id, image: resizedImageSchema }),
  z.object({ id, error: errorDataSchema }),
]);
/** See {@link fromImageProcessSchema}. */
export type FromImageProcess = z.infer<typeof fromImageProcessSchema>;
