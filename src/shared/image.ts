import { z } from 'zod';

/** How an image meets a width and a height, as CSS `object-fit` has it; only `fill` distorts it. */
export const imageFits = ['inside', 'outside', 'cover', 'contain', 'fill'] as const;
/** One of {@link imageFits}. */
export type ImageFit = (typeof imageFits)[number];

/** Formats that images are written in. Read are these, GIF (its first frame) and SVG. */
export const imageFormats = ['png', 'jpeg', 'webp', 'avif'] as const;
/** One of {@link imageFormats}. */
export type ImageFormat = (typeof imageFormats)[number];

/** Providers whose limits on images are known by name. */
export const imageLimitNames = ['openai', 'anthropic', 'gemini', 'watsonx', 'ollama'] as const;
/** One of {@link imageLimitNames}. */
export type ImageLimitName = (typeof imageLimitNames)[number];

/** Whether a path ends like an image that can be shown; the content decides what it is. */
export function isDiagramFile(path: string): boolean {
  return /\.(?:png|jpe?g|webp|avif|gif|svg)$/i.test(path);
}

/** Widths in which thumbnails are made, in pixels: small in a list, large when enlarged. */
export const thumbnailWidths = { list: 320, enlarged: 1600 } as const;

/** Asks for a picture of an image in a project; `path` is relative to `root`, `width` in pixels. */
export const thumbnailRequestSchema = z
  .object({
    root: z.string().min(1).max(4096),
    path: z.string().min(1).max(1024),
    width: z.int().min(16).max(2048).default(thumbnailWidths.list),
  })
  .strict();

/** A picture that an `<img>` can show. Doors speak JSON, so its bytes are a data URL of at most 4 MB. */
export type Thumbnail = {
  readonly dataUrl: string;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
};
