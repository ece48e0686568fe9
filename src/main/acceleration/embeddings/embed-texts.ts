import { throwIfCancelled } from '#main/core/abort.ts';
import { pooled } from '#main/core/pooled.ts';
import type { DeviceName } from '#shared/devices.ts';
import { OmegaError } from '#shared/error.ts';
import type { DeviceOperation } from '../devices/device-route.ts';
import { embeddingDimensions } from './model-files.ts';
import { type ChunkLimit, textChunks } from './text-chunks.ts';

/** Most texts of one call; their vectors take 150 MB. */
const maxTexts = 100_000;

/** Vectors of texts: row `i`, of `dimensions` numbers, belongs to text `i`. */
export type Embeddings = {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Devices that really computed, most texts first. */
  readonly devices: readonly DeviceName[];
};

/** One text's vector, and the device that computed it. */
export type EmbeddedText = { readonly vector: Float32Array; readonly device: DeviceName };

/**
 * Embeds texts: vectors of length 1, whose products are cosines. A text's vector does not depend on
 * its neighbours. An empty text, or one of space and control characters alone, has zeros, which are
 * like nothing. The first 256 tokens count. At most 100,000 texts a call.
 * @param embed what embeds one request
 * @param load requests under way at once, and how much goes into each
 */
export async function embedTexts(
  embed: DeviceOperation<string, EmbeddedText>,
  load: { readonly inFlight: number; readonly request: ChunkLimit },
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Embeddings> {
  if (texts.length > maxTexts) {
    throw new OmegaError('INVALID_INPUT', `Embed at most ${maxTexts} texts a call; send several.`);
  }
  throwIfCancelled(signal);
  const vectors = new Float32Array(texts.length * embeddingDimensions);
  const counts = new Map<DeviceName, number>();
  const chunks = textChunks(texts, load.request);
  await pooled(Array.from({ length: load.inFlight }), load.inFlight, async () => {
    // One generator for all: who throws ends it, and the others stop after their own request.
    for (const chunk of chunks) {
      const embedded = await embed(chunk.texts, signal);
      for (const [position, { vector, device }] of embedded.entries()) {
        vectors.set(vector, (chunk.indices[position] ?? 0) * embeddingDimensions);
        counts.set(device, (counts.get(device) ?? 0) + 1);
      }
    }
  });
  throwIfCancelled(signal);
  const devices = [...counts].sort((a, b) => b[1] - a[1]).map(([device]) => device);
  return { vectors, dimensions: embeddingDimensions, devices };
}
