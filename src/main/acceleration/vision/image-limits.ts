import type { ImageFormat, ImageLimitName } from '#shared/image.ts';

/** What a provider takes, or what is worth sending it: beyond it images are refused or shrunk there. */
export type ImageLimits = {
  /** Longest side, in pixels. */
  readonly longEdge: number;
  /** Most bytes of one image before base64. */
  readonly maxBytes: number;
  /** Formats that it reads; the first is what others are turned into. */
  readonly formats: readonly [ImageFormat, ...ImageFormat[]];
};

/**
 * Limits by provider, as documented in November 2026.
 *
 * - `openai`: PNG, JPEG, WebP, at most 20 MB each; a detailed image is first fitted into 2048 × 2048
 *   (guide "Images and vision", platform.openai.com/docs/guides/images-vision).
 * - `anthropic`: refused above 8000 × 8000 or 5 MB of base64 (3.75 MB of bytes); shrunk there above
 *   1568 pixels, at a cost in time only (platform.claude.com/docs/en/build-with-claude/vision;
 *   the 5 MB: "image exceeds 5 MB maximum", github.com/anthropics/claude-code/issues/14887).
 * - `gemini`: PNG, JPEG, WebP, 7 MB inline
 *   (docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-understanding), fitted into
 *   3072 × 3072 (firebase.google.com/docs/vertex-ai/input-file-requirements).
 * - `watsonx`: documents base64 data URLs and no sizes (ibm.github.io/watsonx-ai-node-sdk,
 *   TextChatUserImageURL); ours: PNG or JPEG, 4 MB, and 1120 pixels, two tiles of 560 a side, which is
 *   all that its Llama vision models look at (docs.together.ai/docs/vision-overview).
 * - `ollama`: no limit but the machine's; ours are modest because every pixel costs local time. PNG and
 *   JPEG are what all its models read (hexdocs.pm/ollixir/multimodal.html).
 */
export const imageLimits: Readonly<Record<ImageLimitName, ImageLimits>> = {
  openai: { longEdge: 2048, maxBytes: 20_000_000, formats: ['png', 'jpeg', 'webp'] },
  anthropic: { longEdge: 1568, maxBytes: 3_750_000, formats: ['png', 'jpeg', 'webp'] },
  gemini: { longEdge: 3072, maxBytes: 7_000_000, formats: ['png', 'jpeg', 'webp'] },
  watsonx: { longEdge: 1120, maxBytes: 4_000_000, formats: ['png', 'jpeg'] },
  ollama: { longEdge: 1344, maxBytes: 8_000_000, formats: ['png', 'jpeg'] },
};
